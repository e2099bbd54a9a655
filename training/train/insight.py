"""What the language model should have understood half way through its layers.

An answer is the last of several steps: knowing when a token was seen, what the
thing in it does and did before, how many things there are, in which order a
caption tells of them, which thing the question means, what is asked of it, which
option says so. Left alone, a small model finds them late and one by one. So each
step has a layer at which it should be done, read off there by training-only
heads or, on words of the question, by the model's own output head.
"""

from itertools import chain

import torch
import torch.nn.functional as F
from torch import nn

from ..config import AUDIO_BANDS, AUDIO_STEPS
from ..features.labels import NOT_TOLD
from ..text.packing import run_language
from ..world.scene import ACTIONS

TIME_LAYER, NOW_LAYER, BEFORE_LAYER, COUNT_LAYER, TOLD_LAYER = 2, 3, 4, 4, 5
# the first is early for some: it pulls, the last decides
CHECK_LAYERS = {"hint": (3, 4), "answer": (4, 5, 6), "verdict": (5, 7), "plan": (6,)}
VIDEO_TOKENS = 64
CELLS = 16  # tokens of one pair of frames
QUARTERS, MOST_THINGS = 4, 3
STAY = ACTIONS.index("stay")


def quarters(modality):
    """The quarter of the clip that each feature token of a modality shows."""
    video = torch.arange(VIDEO_TOKENS) // CELLS
    audio = torch.arange(AUDIO_STEPS).repeat_interleave(AUDIO_BANDS) * QUARTERS // AUDIO_STEPS
    return {"video": video, "audio": audio, "audio-video": torch.cat([video, audio])}[modality]


class Insight(nn.Module):
    """Training only: reads the time of every feature token, and the story of the thing in a video token."""

    def __init__(self, width):
        super().__init__()
        self.time = nn.Linear(width, QUARTERS)
        self.now, self.before = nn.Linear(width, len(ACTIONS)), nn.Linear(width, len(ACTIONS))
        self.first, self.count = nn.Linear(width, 2), nn.Linear(width, MOST_THINGS + 1)
        self.deeds, self.told = nn.Linear(width, 3), nn.Linear(width, NOT_TOLD + 1)

    def loss(self, watched, modality, story):
        """`watched` as run_language gives it; `story` (B, 64, 4) as labels.story_labels has it, or None without video."""
        when = quarters(modality).repeat(len(watched[TIME_LAYER][0]))
        loss = 0.5 * F.cross_entropy(self.time(_even(watched[TIME_LAYER][0])).flatten(0, 1), when)
        if story is None:
            return loss
        seen = {layer: _even(watched[layer][0][:, :VIDEO_TOKENS]) for layer in (NOW_LAYER, BEFORE_LAYER, COUNT_LAYER, TOLD_LAYER)}
        things = (story[..., 2] == 1).sum(1)
        return (loss + 0.3 * _known(self.now(seen[NOW_LAYER]), story[..., 0])
                + 0.3 * _known(self.before(seen[BEFORE_LAYER]), story[..., 1])
                + 0.3 * _known(self.deeds(seen[BEFORE_LAYER]), _deeds(story))
                + 0.3 * _known(self.first(seen[NOW_LAYER]), story[..., 2])
                + 0.5 * _known(self.told(seen[TOLD_LAYER]), story[..., 3])
                + 0.3 * F.cross_entropy(self.count(seen[COUNT_LAYER][:, -1]), things))


def _deeds(story):
    """How many things the thing in a cell does in turn: 0, 1 or 2; -1 where it is not to be known."""
    now, before = story[..., 0], story[..., 1]
    acts, acted = now != STAY, before != STAY
    return torch.where(before < 0, -1, acts.long() + (acted & ((now != before) | ~acts)).long())


def _known(scores, labels):
    """Cross-entropy where there is a label."""
    known = labels >= 0
    return F.cross_entropy(scores[known], labels[known]) if known.any() else scores.sum() * 0


def _even(states):
    return F.rms_norm(states, states.shape[-1:])


def check_loss(language, watched, packed):
    """Words of the question, each read by the output head at its layers."""
    total: float | torch.Tensor = 0.0
    for kind, (places, tokens) in packed.checks.items():
        for layer in CHECK_LAYERS[kind]:
            states = language.norm(watched[layer][1][places])
            total = total + F.cross_entropy(language.logits(states), tokens) / len(CHECK_LAYERS[kind])
    return total


def run_and_watch(language, insight, features, packed, modality, story):
    """(states of the questions, loss of all that should be understood on the way)."""
    watched = dict.fromkeys({TIME_LAYER, NOW_LAYER, BEFORE_LAYER, COUNT_LAYER, TOLD_LAYER, *chain(*CHECK_LAYERS.values())})
    states = run_language(language, features, packed, watched)
    return states, insight.loss(watched, modality, story) + 0.3 * check_loss(language, watched, packed)
