"""Questions about what is heard, and the caption of what is heard."""

from . import phrases as say
from .sound import COUNTED, KINDS

WHAT_IS_HEARD = ["What do you hear?", "What can you hear?", "Which sounds are there?",
                 "What sound is in the clip?", "What do you hear in the video?"]
DESCRIBE = ["Describe the sound.", "Describe what you hear.", "What is in this recording?",
            "What happens in the audio?"]

_ONE_SOUND = tuple(say.capital(text) for text in (
    "a high tone", "a low tone", "a rising sweep", "a falling sweep", "a burst of noise", "a bell",
    "one beep", "two beeps", "three beeps", "four beeps", "five beeps", "two knocks", "three knocks", "nothing"))
_NUMBERS = tuple(say.capital(word) for word in say.NUMBERS[1:])
_WHEN = {"first": "In the first half.", "second": "In the second half.", "all": "The whole time."}


def ask(add, sounds, rng):
    """Adds every kind of question about the sounds."""
    pool = _ONE_SOUND if len(sounds) < 2 else ()
    add("AQA", "sound", WHAT_IS_HEARD, say.sentence(say.sounds(sounds)), pool)
    for event in sounds:
        if event.count:
            add("AQA", "sound count", [f"How many {event.kind}s are there?", f"How many {event.kind}s do you hear?",
                                       f"Count the {event.kind}s."], say.sentence(say.number(event.count)), _NUMBERS)
        the = say.the_sound(event.kind)
        add("AQA", "sound time", [f"When {say.sound_verb(event.kind, 'is', 'are')} {the} heard?",
                                  f"When do you hear {the}?"], _WHEN[event.half], tuple(_WHEN.values()))
    if len(sounds) == 2:
        first, last = (say.sentence(say.sound(event)) for event in sounds)
        add("AQA", "sound order", ["Which sound comes first?", "What do you hear first?"], first, _ONE_SOUND)
        add("AQA", "sound order", ["Which sound comes last?", "What do you hear last?",
                                   f"What do you hear after {say.the_sound(sounds[0].kind)}?"], last, _ONE_SOUND)
    _exists(add, sounds, rng)


def _exists(add, sounds, rng):
    present = {event.kind for event in sounds}
    missing = [kind for kind in KINDS if kind not in present]
    kind = str(rng.choice(missing))
    verb = say.sound_verb(kind, "Is there", "Are there")
    add("AQA", "sound exists", [f"{verb} {say.any_sound(kind)}?", f"Do you hear {say.any_sound(kind)}?"], "No.")
    if sounds:
        kind = sounds[rng.integers(len(sounds))].kind
        verb = say.sound_verb(kind, "Is there", "Are there")
        add("AQA", "sound exists", [f"{verb} {say.any_sound(kind)}?", f"Do you hear {say.any_sound(kind)}?"], "Yes.")
    kind = str(rng.choice(missing))
    the = say.the_sound(kind)
    texts = [f"When do you hear {the}?", f"When {say.sound_verb(kind, 'is', 'are')} {the} heard?"]
    if kind in COUNTED:
        texts = [f"How many {kind}s are there?", f"How many {kind}s do you hear?"]
    add("AQA", "sound absent", texts, say.no_sound(kind))


def caption(sounds):
    return f"You hear {say.sounds(sounds)}." if sounds else "It is silent."
