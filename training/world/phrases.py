"""The English of the world: how things, actions and sounds are called."""

import re

NUMBERS = ("no", "one", "two", "three", "four", "five")

_MOVES = {
    "left": "to the left", "right": "to the right", "up": "up", "down": "down",
    "up-left": "up and to the left", "up-right": "up and to the right",
    "down-left": "down and to the left", "down-right": "down and to the right",
}
_CHANGES = {"grow": "grows", "shrink": "shrinks", "spin": "spins", "blink": "blinks",
            "appear": "appears", "vanish": "vanishes", "bounce": "bounces", "stay": "stays still"}
_SOUNDS = {"high tone": "a high tone", "low tone": "a low tone", "rising sweep": "a rising sweep",
           "falling sweep": "a falling sweep", "noise": "a burst of noise", "bell": "a bell"}
_SOUNDING = {"beep": "beeps", "knock": "knocks", "noise": "burst of noise"}


def direction(action):
    return _MOVES[action]


def deed(action, scene=None, other=-1):
    """'moves to the left', 'grows', 'passes behind the blue square'."""
    if action in _MOVES:
        return "moves " + _MOVES[action]
    if action == "behind":
        return "passes behind the " + scene.things[other].name
    return _CHANGES[action]


def act_deed(act, scene):
    return deed(act.name, scene, act.other)


def deeds(thing, scene):
    """The whole script of an object: 'grows and then spins'."""
    if not thing.acts:
        return _CHANGES["stay"]
    return " and then ".join(act_deed(act, scene) for act in thing.acts)


def number(count):
    return NUMBERS[count]


def counted(kind, count):
    return f"{NUMBERS[count]} {kind}{'s' if count != 1 else ''}"


def sound(event):
    """'three beeps', 'a bell'."""
    return counted(event.kind, event.count) if event.count else _SOUNDS[event.kind]


def sounds(events):
    """'a bell, then two knocks'; 'nothing' when silent."""
    return ", then ".join(sound(event) for event in events) if events else "nothing"


def the_sound(kind):
    """'the beeps', 'the burst of noise', 'the bell'."""
    return "the " + _SOUNDING.get(kind, kind)


def any_sound(kind):
    """'beeps', 'a bell': as in 'Is there …?' or 'There is no …'."""
    return _SOUNDING[kind] if kind in ("beep", "knock") else _SOUNDS[kind]


def no_sound(kind):
    """'There are no beeps.' / 'There is no bell.'"""
    return f"There are no {kind}s." if kind in ("beep", "knock") else f"There is no {_SOUNDING.get(kind, kind)}."


def sound_verb(kind, singular="is heard", plural="are heard"):
    return plural if kind in ("beep", "knock") else singular


def capital(text):
    return text[0].upper() + text[1:]


def sentence(text):
    return capital(text) + "."


def with_an(text):
    """The one colour that wants 'an'."""
    return re.sub(r"\b([Aa]) (?=orange)", r"\1n ", text)
