"""Questions about what is seen, and the caption of what is seen."""

from . import phrases as say
from .palette import COLOUR_NAMES, LOOKS_SAME_WHEN_TURNED, SHAPE_NAMES
from .scene import CHANGES, DIRECTIONS

DESCRIBE = ["Describe the video.", "What happens in this video?", "What happens in the video?",
            "What is happening in the video?", "Describe what you see.", "Write a caption for the video.",
            "What is going on in this clip?", "Describe this clip."]
WHAT_IS_SEEN = ["Describe the video.", "What do you see?", "What colour is the object?",
                "How many objects are there?", "What happens in this video?"]

_DEEDS = tuple("It " + say.deed(name) for name in (*DIRECTIONS, *CHANGES, "stay"))
_WAYS = tuple(say.capital(say.direction(name)) for name in DIRECTIONS)
_COLOURS = tuple(say.capital(name) for name in COLOUR_NAMES)
_SHAPES = tuple(say.capital(name) for name in SHAPE_NAMES)


def ask(add, scene, rng):
    """Adds every kind of visual question that fits the scene."""
    for thing in scene.things:
        _looks(add, thing, scene, rng)
        _acts(add, thing, scene, rng)
    _count(add, scene)
    _order_of_things(add, scene)
    _who(add, scene)
    _exists(add, scene, rng)
    _absent(add, scene, rng)


def refer(thing, scene, rng, without=""):
    """A definite description that fits only this thing: 'the circle', 'the red object', …"""
    alike = lambda key: sum(getattr(t, key) == getattr(thing, key) for t in scene.things)
    names = []
    if without != "colour" and without != "shape":
        names += [f"the {thing.name}"] * 2
    if without != "shape" and alike("shape") == 1:
        names.append(f"the {thing.shape}")
    if without != "colour" and alike("colour") == 1:
        names += [f"the {thing.colour} object"]
    if len(scene.things) == 1:
        names.append("the object")
    return str(rng.choice(names)) if names else None


def _looks(add, thing, scene, rng):
    ref = refer(thing, scene, rng, without="colour")
    if ref:
        add("OE-VQA", "colour", [f"What colour is {ref}?", f"What color is {ref}?", f"Which colour does {ref} have?"],
            say.sentence(thing.colour), _COLOURS)
    ref = refer(thing, scene, rng, without="shape")
    if ref:
        add("OE-VQA", "shape", [f"What shape is {ref}?", f"What is the shape of {ref}?", f"Which shape does {ref} have?"],
            say.sentence(thing.shape), _SHAPES)
    if not {"grow", "shrink"} & set(thing.action_names()):
        ref = refer(thing, scene, rng)
        add("OE-VQA", "size", [f"Is {ref} small or large?", f"How big is {ref}?", f"What size is {ref}?"],
            say.sentence(thing.size), ("Small", "Large"))
    ref = refer(thing, scene, rng, without=str(rng.choice(["colour", "shape"])))
    if ref and rng.random() < 0.5:
        same = rng.random() < 0.5
        if ref == f"the {thing.shape}" or (ref == "the object" and rng.random() < 0.5):
            claim = thing.colour if same else _other(COLOUR_NAMES, thing.colour, rng)
        elif ref != "the object":
            claim = f"a {thing.shape}" if same else f"a {_other(SHAPE_NAMES, thing.shape, rng)}"
        else:
            return
        add("OE-VQA", "yes or no", [f"Is {ref} {claim}?"], "Yes." if same else "No.")


def _acts(add, thing, scene, rng):
    ref = refer(thing, scene, rng)
    done = say.deeds(thing, scene)
    pool = _DEEDS if len(thing.acts) < 2 else ()
    add("OE-VQA", "action", [f"What does {ref} do?", f"What happens to {ref}?", f"How does {ref} behave?"],
        f"It {done}.", pool)
    if len(thing.acts) == 1:
        _one_act(add, thing, thing.acts[0], scene, rng)
    if len(thing.acts) == 2:
        first, last = (say.act_deed(act, scene) for act in thing.acts)
        add("OE-VQA", "order", [f"What does {ref} do first?"], f"It {first}.", _DEEDS)
        add("OE-VQA", "order", [f"What does {ref} do last?", f"What does {ref} do in the end?",
                                f"What does {ref} do after it {first}?"], f"It {last}.", _DEEDS)


def _one_act(add, thing, act, scene, rng):
    ref = refer(thing, scene, rng)
    if act.name in DIRECTIONS:
        add("OE-VQA", "direction", [f"In which direction does {ref} move?", f"Where does {ref} move?",
                                    f"Which way does {ref} go?"], say.sentence(say.direction(act.name)), _WAYS)
    if act.name != "behind" and rng.random() < 0.4:
        same = rng.random() < 0.5
        pool = [n for n in (*DIRECTIONS, *CHANGES) if not (n == "spin" and thing.shape in LOOKS_SAME_WHEN_TURNED)]
        claim = act.name if same else _other(pool, act.name, rng)
        add("OE-VQA", "yes or no", [f"Is it true that {ref} {say.deed(claim)}?"], "Yes." if same else "No.")


def _count(add, scene):
    answer = say.sentence(say.number(len(scene.things)))
    add("OE-VQA", "count", ["How many objects are there?", "How many objects do you see?", "Count the objects.",
                            "How many shapes are in the video?"], answer, ("One", "Two", "Three"))


def _order_of_things(add, scene):
    """Two things act, one in each half of the clip."""
    by_half = {act.half: (thing, act) for thing in scene.things for act in thing.acts if len(thing.acts) == 1}
    if "first" not in by_half or "second" not in by_half:
        return
    (one, act_one), (two, act_two) = by_half["first"], by_half["second"]
    pool = tuple("The " + thing.name for thing in scene.things)
    add("OE-VQA", "order", ["Which object changes first?", "Which object acts first?"], f"The {one.name}.", pool)
    add("OE-VQA", "order", ["Which object changes last?", "Which object acts last?"], f"The {two.name}.", pool)
    before, after = say.act_deed(act_one, scene), say.act_deed(act_two, scene)
    add("OE-VQA", "order", ["What happens first?"], f"The {one.name} {before}.")
    add("OE-VQA", "order", ["What happens last?", f"What happens after the {one.name} {before}?"],
        f"The {two.name} {after}.")


def _who(add, scene):
    """Which object does a deed that only one does."""
    if len(scene.things) < 2:
        return
    pool = tuple("The " + thing.name for thing in scene.things)
    done = [(thing, act) for thing in scene.things for act in thing.acts]
    for thing, act in done:
        if sum(other.name == act.name for _, other in done) == 1:
            add("OE-VQA", "who", [f"Which object {say.act_deed(act, scene)}?", f"What {say.act_deed(act, scene)}?"],
                f"The {thing.name}.", pool)
    still = [thing for thing in scene.things if not thing.acts]
    if len(still) == 1:
        add("OE-VQA", "who", ["Which object stays still?"], f"The {still[0].name}.", pool)


def _exists(add, scene, rng):
    thing = scene.things[rng.integers(len(scene.things))]
    for there in (True, False):
        name = thing.name if there else _absent_name(scene, rng)
        if rng.random() < 0.5:
            add("OE-VQA", "exists", [f"Is there a {name}?", f"Do you see a {name}?", f"Is there a {name} in the video?"],
                "Yes." if there else "No.")


def _absent(add, scene, rng):
    """Asked about something that is not there."""
    missing = _other([s for s in SHAPE_NAMES if s not in {t.shape for t in scene.things}], None, rng)
    add("OE-VQA", "absent", [f"What colour is the {missing}?", f"What does the {missing} do?",
                             f"Is the {missing} small or large?"], f"There is no {missing}.")
    colour = _other([c for c in COLOUR_NAMES if c not in {t.colour for t in scene.things}], None, rng)
    add("OE-VQA", "absent", [f"What shape is the {colour} object?", f"What does the {colour} object do?"],
        f"There is no {colour} object.")
    name = _absent_name(scene, rng)
    add("OE-VQA", "absent", [f"What does the {name} do?", f"Where does the {name} move?", f"How big is the {name}?"],
        f"There is no {name}.")


def _absent_name(scene, rng):
    """A colour and a shape that do not occur together, though one of them often occurs."""
    names = {thing.name for thing in scene.things}
    thing = scene.things[rng.integers(len(scene.things))]
    while True:
        draw = rng.random()
        colour = thing.colour if draw < 0.4 else str(rng.choice(COLOUR_NAMES))
        shape = thing.shape if 0.4 <= draw < 0.8 else str(rng.choice(SHAPE_NAMES))
        if f"{colour} {shape}" not in names:
            return f"{colour} {shape}"


def _other(pool, than, rng):
    return str(rng.choice([item for item in pool if item != than]))


def telling_order(scene):
    """(things that act, things that stay still), each in the order in which a caption tells of them.

    What a thing passes behind is told of with the one that passes.
    """
    rank = {"all": 0, "first": 0, "second": 1}
    look = lambda t: (SHAPE_NAMES.index(t.shape), COLOUR_NAMES.index(t.colour))
    acting = sorted((t for t in scene.things if t.acts), key=lambda t: (rank[t.acts[0].half], *look(t)))
    covers = [act.other for t in acting for act in t.acts if act.name == "behind"]
    return acting, sorted((t for i, t in enumerate(scene.things) if not t.acts and i not in covers), key=look)


def caption(scene):
    """'First a red circle moves up, then a blue square spins, and a green star stays still.'"""
    acting, still = telling_order(scene)
    parts = [f"a {t.name} {say.deeds(t, scene)}".replace(" behind the ", " behind a ") for t in acting]
    in_turn = len(acting) == 2 and acting[0].acts[0].half == "first" and acting[1].acts[0].half == "second"
    text = f"first {parts[0]}, then {parts[1]}" if in_turn else " and ".join(parts)
    rest = " and ".join(f"a {t.name} stays still" for t in still)
    return say.with_an(say.sentence(", and ".join(part for part in (text, rest) if part)))
