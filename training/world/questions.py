"""Questions about a clip, with answers: the front door to every question type.

Types are grouped in the task families of the VideoLLaMA 2 paper: MC-VQA
(multiple choice), OE-VQA (open-ended), VC (captions), AQA (sound only) and
OE-AVQA (sound and sight together).
"""

from dataclasses import dataclass

from . import phrases as say
from . import questions_av, questions_sound, questions_video
from .choices import known_at_end, multiple_choice
from .hints import hints, plan_of_answer, plans

MODALITIES = ("video", "audio", "audio-video")


@dataclass
class Question:
    """`pool` holds the answers a multiple choice may offer; `checks` are words that should be known
    at certain characters of `text`, `plans` at certain characters of `answer` (see hints and choices)."""

    family: str
    type: str
    text: str
    answer: str
    pool: tuple = ()
    checks: tuple = ()
    plans: tuple = ()


def ask_everything(scene, sounds, modality, rng, choices=3):
    """All questions that fit a clip given as video, audio or audio-video, in random words; some as multiple choice."""
    asked = []

    def add(family, kind, texts, answer, pool=()):
        asked.append(Question(family, kind, str(rng.choice(texts)), answer, tuple(pool)))

    if modality != "audio":
        questions_video.ask(add, scene, rng)
    if modality != "video":
        questions_sound.ask(add, sounds, rng)
    if modality == "audio-video":
        questions_av.ask(add, scene, sounds, rng)
    if modality == "video":
        add("OE-VQA", "no sound given", questions_sound.WHAT_IS_HEARD, "I was given no sound.")
    if modality == "audio":
        add("AQA", "no picture given", questions_video.WHAT_IS_SEEN, "I was given no pictures.")
    add("VC", "caption", *_caption(scene, sounds, modality))
    for q in asked:
        q.text, q.answer = say.with_an(q.text), say.with_an(q.answer)
        if len(q.pool) > 1:
            q.checks = (known_at_end(q.text, q.answer, q.pool),)
        elif q.type in ("action", "caption"):
            q.checks = (plan_of_answer(q.text, q.answer),)
    asked += [multiple_choice(q, Question, rng) for q in _some_with_pool(asked, rng, choices)]
    for q in asked:
        q.checks = (*q.checks, *hints(q.text.split("\n")[0].split("(")[0], scene, sounds, modality))
        q.plans = tuple(plans(q.answer)) if modality != "audio" and q.type != "absent" else ()
    return asked


def _some_with_pool(asked, rng, at_most):
    able = [q for q in asked if len(q.pool) > 1]
    picked = rng.permutation(len(able))[:at_most]
    return [able[i] for i in picked]


def _caption(scene, sounds, modality):
    heard = questions_sound.caption(sounds)
    if modality == "audio":
        return questions_sound.DESCRIBE, heard
    seen = questions_video.caption(scene)
    if modality == "video":
        return questions_video.DESCRIBE, seen
    return questions_video.DESCRIBE + questions_av.DESCRIBE, f"{seen} {heard}"
