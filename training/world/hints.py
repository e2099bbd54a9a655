"""What the language model should have understood at certain words of a question.

At the end of "the red object" it should know its shape, at "the bell" in which
half it is heard. These extra targets stand on words of the question, so they
cost nothing and change nothing at inference.
"""

import re

from . import phrases as say
from .palette import COLOUR_NAMES, SHAPE_NAMES
from .sound import KINDS

_THING = re.compile(rf"\b(?:the|an?) ((?:small |large )?)((?:{'|'.join(COLOUR_NAMES)})?) ?({'|'.join(SHAPE_NAMES)}|object)\b")
_HALF = {"first": "first", "second": "second", "all": "whole"}


def hints(text, scene, sounds, modality):
    """[(where the words end in `text`, word to be known there, kind of check)]."""
    found = []
    if modality != "audio":
        found += [(m.end(), word) for m in _THING.finditer(text) if (word := _of_thing(m, scene))]
        found += _of_deeds(text, scene)
    if modality != "video":
        for kind in KINDS:
            at = text.find(say.the_sound(kind))
            if at >= 0:
                found.append((at + len(say.the_sound(kind)), _of_sound(kind, sounds)))
    return [(end, " " + word, "hint") for end, word in found]


def plans(answer):
    """[(where the words end in `answer`, 0: before it begins; shape of the thing to be named next)].

    "a" or "an", and then the colour, are right only if it is clear by then which thing comes next.
    """
    named = [m for m in _THING.finditer(answer.lower()) if m.group(2) and m.group(3) != "object"]
    return [(end, " " + m.group(3)) for m in named for end in (max(0, m.start() - 1), m.group().index(" ") + m.start())]


def plan_of_answer(text, answer):
    """A check: where the question ends, whether the answer will tell of two things in turn, or two deeds of one."""
    word = " first" if answer.startswith("First ") else " then" if " and then " in answer else " one"
    return len(text), word, "answer"


def _of_thing(match, scene):
    """The shape when only the colour is said, the colour when only the shape is, else what it does; 'no' if absent."""
    _, colour, shape = match.groups()
    if shape == "object" and not colour:
        return scene.things[0].shape if len(scene.things) == 1 else None
    fits = [t for t in scene.things if colour in ("", t.colour) and shape in ("object", t.shape)]
    if not fits:
        return "no"
    if len(fits) > 1:
        return None
    if shape == "object":
        return fits[0].shape
    return say.deeds(fits[0], scene).split()[0] if colour else fits[0].colour


def _of_deeds(text, scene):
    """At the end of a deed that one thing alone does: the half in which it does so."""
    acts = [act for thing in scene.things for act in thing.acts]
    found = []
    for act in acts:
        done = say.act_deed(act, scene)
        at = text.find(" " + done)
        ends_there = at >= 0 and not text[at + 1 + len(done) :].startswith(" and to")
        if ends_there and sum(other.name == act.name for other in acts) == 1:
            found.append((at + 1 + len(done), _HALF[act.half]))
    return found


def _of_sound(kind, sounds):
    halves = [_HALF[event.half] for event in sounds if event.kind == kind]
    return halves[0] if halves else "no"
