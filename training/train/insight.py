"""What the language model should have understood half way through its layers.

An answer is the last of several steps: knowing when a token was seen, what the
thing in it does, which thing the question means, what is asked of it, which
option says so. Left alone, a small model finds them late and one by one. So each
step has a layer at which it should be done, read off there by training-only
heads or, on words of the question, by the model's own output head.
"""

import torch
import torch.nn.functional as F
from torch import nn

from ..config import AUDIO_BANDS, AUDIO_STEPS
from ..text.packing import run_language
from ..world.scene import ACTIONS

TIME_LAYER, DEED_LAYER = 1, 3
CHECK_LAYERS = {"hint": 4, "answer": 4, "verdict": 5}
VIDEO_TOKENS = 64
CELLS = 16  # tokens of one pair of frames
QUARTERS = 4


def quarters(modality):
    """The quarter of the clip that each feature token of a modality shows."""
    video = torch.arange(VIDEO_TOKENS) // CELLS
    audio = torch.arange(AUDIO_STEPS).repeat_interleave(AUDIO_BANDS) * QUARTERS // AUDIO_STEPS
    return {"video": video, "audio": audio, "audio-video": torch.cat([video, audio])}[modality]


class Insight(nn.Module):
    """Training only: reads the time of every feature token, and what the thing in a video token does."""

    def __init__(self, width):
        super().__init__()
        self.time = nn.Linear(width, QUARTERS)
        self.deed = nn.Linear(width, len(ACTIONS))

    def loss(self, watched, modality, deeds):
        """`watched` as run_language gives it; `deeds` (B, 64) of ACTIONS, -1 for unknown, or None without video."""
        seen = _even(watched[TIME_LAYER][0])
        when = quarters(modality).repeat(len(seen))
        loss = 0.2 * F.cross_entropy(self.time(seen).flatten(0, 1), when)
        if deeds is not None and (deeds >= 0).any():
            things = _even(watched[DEED_LAYER][0][:, :VIDEO_TOKENS][deeds >= 0])
            loss = loss + 0.3 * F.cross_entropy(self.deed(things), deeds[deeds >= 0])
        return loss


def _even(states):
    return F.rms_norm(states, states.shape[-1:])


def check_loss(language, watched, packed):
    """Words of the question, each read by the output head at its layer."""
    total = 0.0
    for kind, (places, tokens) in packed.checks.items():
        states = language.norm(watched[CHECK_LAYERS[kind]][1][places])
        total = total + F.cross_entropy(language.logits(states), tokens)
    return total


def run_and_watch(language, insight, features, packed, modality, deeds):
    """(states of the questions, loss of all that should be understood on the way)."""
    watched = dict.fromkeys({TIME_LAYER, DEED_LAYER, *CHECK_LAYERS.values()})
    states = run_language(language, features, packed, watched)
    return states, insight.loss(watched, modality, deeds) + 0.3 * check_loss(language, watched, packed)
