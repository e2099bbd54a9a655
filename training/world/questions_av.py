"""Questions that need sound and sight together: what is seen while, before or after a sound."""

from . import phrases as say
from .questions_video import refer

DESCRIBE = ["Describe what you see and hear.", "What do you see and hear?"]

_RELATIONS = {("first", "second"): "Before.", ("second", "first"): "After.",
              ("first", "first"): "At the same time.", ("second", "second"): "At the same time."}


def ask(add, scene, sounds, rng):
    """Adds questions for sounds and acts that keep to one half of the clip."""
    acts = [(thing, act) for thing in scene.things for act in thing.acts if act.half != "all"]
    heard = [event for event in sounds if event.half != "all"]
    whole = any(act.half == "all" for thing in scene.things for act in thing.acts)
    for event in heard:
        for thing, act in acts:
            _relation(add, event, thing, act, scene, rng)
        if not whole:
            _seen_meanwhile(add, event, acts, scene)
    if not any(event.half == "all" for event in sounds):
        for thing, act in acts:
            _heard_meanwhile(add, thing, act, heard, scene, rng)


def _relation(add, event, thing, act, scene, rng):
    ref = refer(thing, scene, rng)
    the, done = say.the_sound(event.kind), say.act_deed(act, scene)
    is_heard = say.sound_verb(event.kind, "Is", "Are")
    add("OE-AVQA", "av relation",
        [f"{is_heard} {the} heard before or after {ref} {done}, or at the same time?",
         f"Do you hear {the} before, after or while {ref} {done}?"],
        _RELATIONS[event.half, act.half], ("Before", "After", "At the same time"))


def _seen_meanwhile(add, event, acts, scene):
    the = say.the_sound(event.kind)
    heard = say.sound_verb(event.kind)
    for half, words in (("same", f"while {the} {heard}"), ("other", None)):
        wanted = event.half if half == "same" else {"first": "second", "second": "first"}[event.half]
        if words is None:
            words = f"{'after' if event.half == 'first' else 'before'} {the} {heard}"
        seen = [(thing, act) for thing, act in acts if act.half == wanted]
        if len(seen) <= 1:
            answer = f"The {seen[0][0].name} {say.act_deed(seen[0][1], scene)}." if seen else "Nothing changes."
            pool = tuple(f"The {t.name} {say.act_deed(a, scene)}" for t, a in acts) + ("Nothing changes",)
            add("OE-AVQA", "av seen", [f"What happens {words}?", f"What do you see {words}?"], answer, pool)


def _heard_meanwhile(add, thing, act, heard, scene, rng):
    ref = refer(thing, scene, rng)
    now = [event for event in heard if event.half == act.half]
    answer = say.sentence(say.sounds(now))
    add("OE-AVQA", "av heard", [f"What do you hear while {ref} {say.act_deed(act, scene)}?"], answer,
        tuple(say.capital(say.sound(event)) for event in heard) + ("Nothing",))
