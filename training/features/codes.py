"""The code between perception and language: one orthonormal vector per attribute value.

A video token is taught to be the sum of the vectors of what its cell holds
(shape, colour, size, motion, …), an audio token the sum of what its moment
holds. The language model learns to read such sums before any pixel is drawn,
and perception learns to write them, both in parallel; later both are trained
together and the code is free to drift.
"""

from functools import lru_cache

import torch

from ..world.palette import COLOUR_NAMES, SHAPE_NAMES
from ..world.sound import KINDS

VIDEO_GROUPS = {
    "shape": SHAPE_NAMES,
    "colour": COLOUR_NAMES,
    "size": ["small", "large"],
    "sideways": ["left", "right"],
    "upright": ["up", "down"],
    "growth": ["grow", "shrink"],
    "turning": ["spin"],
    "showing": ["comes", "goes"],
    "empty": ["empty"],
}
AUDIO_GROUPS = {
    "kind": list(KINDS) + ["quiet"],
    "count": ["one", "two", "three", "four", "five"],
    "place": ["first sound", "second sound"],
}


def rows(groups, offset):
    """{group: slice of rows}, and the row after the last."""
    spans = {}
    for name, values in groups.items():
        spans[name] = slice(offset, offset + len(values))
        offset += len(values)
    return spans, offset


VIDEO_ROWS, _END = rows(VIDEO_GROUPS, 0)
AUDIO_ROWS, CODES = rows(AUDIO_GROUPS, _END)
NORM = 1.5
ROW_NAMES = [v for g in (VIDEO_GROUPS, AUDIO_GROUPS) for values in g.values() for v in values]


@lru_cache
def codebook(width):
    """(CODES, width) orthogonal rows of norm NORM, the same in every run."""
    generator = torch.Generator().manual_seed(20240607)
    square = torch.randn(width, width, generator=generator)
    return torch.linalg.qr(square)[0][:CODES] * NORM


def code_sum(labels, spans, width):
    """(…, groups) int labels (value index, or -1 for none) -> (…, width) sums of code vectors."""
    book = codebook(width)
    total = torch.zeros(*labels.shape[:-1], width)
    for index, span in enumerate(spans.values()):
        value = labels[..., index].long()
        total += book[span][value.clamp(min=0)] * (value >= 0)[..., None]
    return total


def code_loss(tokens, labels, spans, weights=None):
    """Cross-entropy per group of tokens (n, width) read against the code, plus a small pull to its sum.

    Labels: value index, -1 for none of the group's values, -2 for unknown (left out).
    """
    book = codebook(tokens.shape[-1])
    amount = tokens @ book.T / NORM**2  # (n, CODES): 1 where the value holds, 0 where not
    total: float | torch.Tensor = 0.0
    for index, span in enumerate(spans.values()):
        label = labels[:, index].long()
        known = label > -2
        logits = torch.cat([torch.full_like(amount[:, :1], 0.5), amount[:, span]], 1) * 8
        loss = torch.nn.functional.cross_entropy(logits[known], label[known] + 1, reduction="none")
        weight = torch.ones_like(loss) if weights is None else weights[known]
        total = total + (loss * weight).sum() / weight.sum().clamp(min=1)
    wanted = code_sum(labels.clamp(min=-1), spans, tokens.shape[-1])
    sure = (labels > -2).all(1).float() * (1.0 if weights is None else weights)
    pull = ((tokens - wanted).square().sum(-1) / NORM**2 * sure).sum() / sure.sum().clamp(min=1)
    return total + 0.5 * pull, amount


def code_accuracy(amount, labels, spans):
    """{group: accuracy where a value holds} read like code_loss."""
    result = {}
    for index, (name, span) in enumerate(spans.items()):
        label = labels[:, index].long()
        read = torch.cat([torch.full_like(amount[:, :1], 0.5), amount[:, span]], 1).argmax(1) - 1
        held = label >= 0
        result[name] = (read == label)[held].float().mean().item() if held.any() else float("nan")
    return result
