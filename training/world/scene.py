"""What is seen in a clip: one to three objects, each with its script of actions.

Lengths are in units of the shorter side of the frame, so the frame is
`width` × `height` with one of them 1. Times are in seconds.
"""

from dataclasses import dataclass, field

from .palette import COLOUR_NAMES, LOOKS_SAME_WHEN_TURNED, SHAPE_NAMES

SECONDS = 4.0
SMALL, LARGE = (0.105, 0.125), (0.18, 0.205)
DIRECTIONS = {
    "left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1),
    "up-left": (-1, -1), "up-right": (1, -1), "down-left": (-1, 1), "down-right": (1, 1),
}
CHANGES = ("grow", "shrink", "spin", "blink", "appear", "vanish", "bounce")
ACTIONS = (*DIRECTIONS, *CHANGES, "behind", "stay")


@dataclass
class Act:
    """One action of an object between two times; `half` is 'first', 'second' or 'all'."""

    name: str
    half: str
    start: float
    end: float
    amount: float
    other: int = -1  # index of the object passed behind


@dataclass
class Thing:
    shape: str
    colour: str
    size: str
    radius: float
    acts: list = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    @property
    def name(self):
        return f"{self.colour} {self.shape}"

    def action_names(self):
        return [act.name for act in self.acts] or ["stay"]


@dataclass
class Scene:
    things: list
    width: float
    height: float


def is_held_out(colour, shape, action):
    """Colour × shape × action triples that training never sees (about one in eleven)."""
    c, s, a = COLOUR_NAMES.index(colour), SHAPE_NAMES.index(shape), ACTIONS.index(action)
    return (c * 7 + s * 3 + a * 5) % 11 == 0


def has_held_out(scene):
    return any(is_held_out(t.colour, t.shape, a) for t in scene.things for a in t.action_names())


def sample_scene(rng, held_out=False, count=None):
    """A scene in which every triple is seen in training, or (held_out) at least one is not."""
    while True:
        scene = _try_scene(rng, count)
        if scene is not None and has_held_out(scene) == held_out:
            return scene


def _try_scene(rng, count):
    count = count or int(rng.choice([1, 2, 3], p=[0.3, 0.42, 0.28]))
    aspect = float(rng.choice([4 / 3, 16 / 9, 1.0, 3 / 4, 1.5], p=[0.35, 0.35, 0.12, 0.06, 0.12]))
    scene = Scene([], max(aspect, 1.0), max(1 / aspect, 1.0))
    for shape, colour in _looks(rng, count):
        size = "small" if rng.random() < 0.5 else "large"
        radius = rng.uniform(*(SMALL if size == "small" else LARGE))
        scene.things.append(Thing(shape, colour, size, radius, turn=rng.normal(0, 0.04)))
    _give_scripts(scene, rng)
    return scene if _place(scene, rng) else None


def _looks(rng, count):
    """Distinct (shape, colour) pairs; now and then two share a shape or a colour."""
    shapes = list(rng.permutation(SHAPE_NAMES)[:count])
    colours = list(rng.permutation(COLOUR_NAMES)[:count])
    if count > 1:
        draw = rng.random()
        if draw < 0.12:
            shapes[1] = shapes[0]
        elif draw < 0.24:
            colours[1] = colours[0]
    return [(str(s), str(c)) for s, c in zip(shapes, colours)]


def _give_scripts(scene, rng):
    things, draw = scene.things, rng.random()
    if draw < 0.07:
        return
    if draw < 0.42 or (len(things) == 1 and draw < 0.6):
        half = str(rng.choice(["all", "first", "second"], p=[0.5, 0.25, 0.25]))
        things[0].acts = [_act(_choose(things[0], rng), half, rng)]
    elif draw < 0.52 and len(things) > 1:
        things[0].acts = [_act("behind", "all", rng)]
        things[0].acts[0].other = 1
    elif len(things) == 1 or draw < 0.68:
        first = _choose(things[0], rng, without=("vanish",))
        second = _choose(things[0], rng, without=(first, "appear"))
        if first == "appear":
            second = _choose(things[0], rng, without=("appear", "vanish"))
        things[0].acts = [_act(first, "first", rng), _act(second, "second", rng)]
    elif draw < 0.9:
        things[0].acts = [_act(_choose(things[0], rng), "first", rng)]
        things[1].acts = [_act(_choose(things[1], rng), "second", rng)]
    else:
        for thing in things[:2]:
            thing.acts = [_act(_choose(thing, rng), "all", rng)]


def _choose(thing, rng, without=()):
    """Half of the time a move, else another change; what cannot be seen is left out."""
    pool = list(DIRECTIONS) if rng.random() < 0.5 else list(CHANGES)
    if thing.shape in LOOKS_SAME_WHEN_TURNED:
        without = (*without, "spin")
    return str(rng.choice([name for name in pool if name not in without]))


def _act(name, half, rng):
    if name in ("appear", "vanish"):
        return _moment(name, half, rng)
    if name == "blink":
        return _blinking(half, rng)
    spans = {"all": (0.15, 3.85), "first": (0.15, 1.85), "second": (2.15, 3.85)}
    start, end = (edge + rng.uniform(-0.1, 0.1) for edge in spans[half])
    return Act(name, half, start, end, float(_amount(name, end - start, rng)))


def _moment(name, half, rng):
    """Appearing and vanishing belong to one half, between two frames that a model of eight frames sees as a pair."""
    if half == "all":
        half = str(rng.choice(["first", "second"]))
    start = {"first": 0.0, "second": 2.0}[half] + rng.choice([0.5, 1.5]) + rng.uniform(-0.13, 0.13)
    return Act(name, half, start, start + 0.12, 0.0)


def _blinking(half, rng):
    """Once a second: slow enough for eight frames in four seconds to show it."""
    start, seconds = {"all": (0, 4), "first": (0, 2), "second": (2, 2)}[half]
    start = start + rng.uniform(-0.07, 0.07)
    return Act("blink", half, start, start + seconds, float(seconds))


def _amount(name, seconds, rng):
    """Units moved, radius ratio, radians turned, or number of bounces."""
    if name in DIRECTIONS:
        return rng.uniform(0.36, 0.56)
    if name == "spin":
        return rng.choice([-1, 1]) * rng.uniform(0.9, 1.2) * seconds
    if name == "bounce":
        return 2 if seconds > 3 else 1
    return {"grow": rng.uniform(2.1, 2.4), "shrink": rng.uniform(0.4, 0.48)}.get(name, 0.0)


def _place(scene, rng):
    """Finds places where no path leaves the frame or crosses another. False if there are none."""
    from .motion import path_box

    boxes: list[tuple] = []
    for index, thing in enumerate(scene.things):
        names = thing.action_names()
        if "grow" in names:
            thing.radius = rng.uniform(0.085, 0.095)
        if "shrink" in names and "grow" not in names:
            thing.radius = rng.uniform(0.18, 0.205)
        if "behind" in names:
            if not _place_behind(scene, rng, boxes):
                return False
            continue
        if index == 1 and "behind" in scene.things[0].action_names():
            continue  # placed together with the first
        thing.x = thing.y = 0.0
        left, top, right, bottom = path_box(thing)
        room_x, room_y = scene.width - (right - left), scene.height - (bottom - top)
        if room_x <= 0 or room_y <= 0 or not _try_places(thing, rng, boxes, (left, top, right, bottom), room_x, room_y):
            return False
    return True


def _try_places(thing, rng, boxes, box, room_x, room_y):
    left, top, right, bottom = box
    for _ in range(14):
        thing.x, thing.y = rng.uniform(0, room_x) - left, rng.uniform(0, room_y) - top
        here = (left + thing.x, top + thing.y, right + thing.x, bottom + thing.y)
        if all(here[0] > b[2] or b[0] > here[2] or here[1] > b[3] or b[1] > here[3] for b in boxes):
            boxes.append(here)
            return True
    return False


def _place_behind(scene, rng, boxes):
    """The first thing, small, crosses behind the second, large and still."""
    mover, cover = scene.things[0], scene.things[1]
    mover.size, mover.radius = "small", rng.uniform(*SMALL)
    cover.size, cover.radius = "large", rng.uniform(*LARGE)
    side = int(rng.choice([-1, 1]))
    reach = mover.radius + cover.radius + rng.uniform(0.06, 0.12)
    margin = reach + mover.radius
    if 2 * margin > scene.width:
        return False
    cover.x = rng.uniform(margin, scene.width - margin)
    cover.y = rng.uniform(cover.radius * 1.1, scene.height - cover.radius * 1.1)
    mover.x, mover.y = cover.x - side * reach, cover.y + rng.uniform(-0.05, 0.05)
    mover.acts[0].amount = side * 2 * reach
    height = cover.radius * 1.12
    boxes.append((cover.x - margin, cover.y - height, cover.x + margin, cover.y + height))
    return True
