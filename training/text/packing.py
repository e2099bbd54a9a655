"""Many questions over one clip at the price of one look at it, none seeing another.

The prompt's first tokens and the clip's features form a prefix; every question
with its answer follows that prefix on its own, positions restarting after it.
Questions lie flat behind one another; attention gathers them by length.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import torch
import torch.nn.functional as F

from .tokenizer import BEFORE, after, encode, special, token_ends

IGNORE = -100


@dataclass
class Packed:
    """All questions of a batch, flat: ids, positions (0 = first after the prefix), targets, weights: (N,).

    `checks` {kind: (flat indices, tokens)}: what should be known on the way.

    `groups` holds questions of like length: (flat indices (G, L), clip (G,)).
    `home` sends the groups' outputs, laid end to end, back to flat order.
    `spans` lists (type, first, end) of each answer's targets.
    """

    ids: torch.Tensor
    positions: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor
    checks: dict
    groups: list
    home: torch.Tensor
    spans: list


@lru_cache(maxsize=100_000)
def _check_targets(prompt, checks):
    """[(token index, target token, kind)] of words that should be known where a token of the prompt ends."""
    ends = token_ends(prompt)
    # 1: the newline before the question
    return [(bisect_left(ends, end + 1), encode(word)[0], kind) for end, word, kind in checks]


@lru_cache(maxsize=100_000)
def _plan_targets(answer, plans):
    """As _check_targets, counted from the token that stands before the answer."""
    ends = token_ends(answer)
    return [(bisect_left(ends, end) + 1 if end else 0, encode(word)[0], "plan") for end, word in plans]


def _sequence(question):
    """ids, targets, weights, checks of one question, and where its answer begins to be due."""
    prompt = after(question.text)
    asked = encode(prompt)
    answer = (*encode(question.answer), special("<|im_end|>"))
    targets = [IGNORE] * (len(asked) - 1) + list(answer) + [IGNORE]
    weights = [0.0] * (len(asked) - 1) + [len(answer) ** -0.5] * len(answer) + [0.0]
    first = len(asked) - 1
    planned = [(first + place, *rest) for place, *rest in _plan_targets(question.answer, tuple(question.plans))]
    return [*asked, *answer], targets, weights, [*_check_targets(prompt, tuple(question.checks)), *planned], first


def pack(rows):
    """[[Question, …] per clip] -> Packed."""
    ids: list[int] = []
    positions: list[int] = []
    targets, weights, spans, starts, checks = [], [], [], [], defaultdict(list)
    for clip, questions in enumerate(rows):
        for question in questions:
            sequence, target, weight, due, first = _sequence(question)
            for place, token, kind in due:
                checks[kind].append((len(ids) + place, token))
            spans.append((question.type, len(ids) + first, len(ids) + len(sequence) - 1))
            starts.append((len(sequence), len(ids), clip))
            ids += sequence
            positions += range(len(sequence))
            targets += target
            weights += weight
    groups, home = _group(starts, len(ids))
    known = {kind: torch.tensor(some).unbind(1) for kind, some in checks.items()}
    flat = [torch.tensor(values) for values in (ids, positions, targets, weights)]
    return Packed(flat[0], flat[1], flat[2], flat[3], known, groups, home, spans)


def _group(starts, total):
    """Half of the questions (the shortest), the next third, and the longest."""
    starts = sorted(starts)
    count = len(starts)
    cuts = sorted({0, count // 2, count * 5 // 6, count})
    groups, home, at = [], torch.empty(total, dtype=torch.long), 0
    for low, high in zip(cuts, cuts[1:]):
        longest = starts[high - 1][0]
        index = torch.zeros(high - low, longest, dtype=torch.long)
        for row, (length, start, _) in enumerate(starts[low:high]):
            index[row, :length] = torch.arange(start, start + length)
            home[start : start + length] = torch.arange(at, at + length) + row * longest
        at += index.numel()
        groups.append((index, torch.tensor([clip for _, _, clip in starts[low:high]])))
    return groups, home


def prefix_ids():
    return torch.tensor(encode(BEFORE))


def run_language(language, features, packed, watch=None):
    """Features (B, P, D) and packed questions -> states (N, D) of the question tokens.

    `watch` {number of a layer: None} gets, for each, the states there: (of the features (B, P, D), of the questions).
    """
    batch = features.shape[0]
    before = language.embed_tokens(prefix_ids()).expand(batch, -1, -1)
    prefix = torch.cat([before, features], 1)
    length = prefix.shape[1]
    embedded = torch.cat([prefix.flatten(0, 1), language.embed_tokens(packed.ids)])
    positions = torch.cat([torch.arange(length).repeat(batch), packed.positions + length])
    states = language(embedded[None], positions[None], _packed_attention(batch, length, packed), watch)[0]
    for layer, whole in (watch or {}).items():
        seen = whole[0, : batch * length].view(batch, length, -1)[:, len(prefix_ids()) :]
        watch[layer] = seen, whole[0, batch * length :]
    return states[batch * length :]


def _packed_attention(batch, length, packed):
    masks = []
    for index, _ in packed.groups:
        longest = index.shape[1]
        mine = torch.ones(longest, longest, dtype=torch.bool).tril()
        masks.append(torch.cat([torch.ones(longest, length, dtype=torch.bool), mine], 1))

    def attend(q, k, v):  # (1, heads, batch·length + N, head)
        def split(x):
            x = x[0].transpose(0, 1)  # (tokens, heads, head)
            return x[: batch * length].view(batch, length, *x.shape[1:]), x[batch * length :]

        (pq, tq), (pk, tk), (pv, tv) = split(q), split(k), split(v)
        turn = lambda x: x.transpose(1, 2)
        seen = turn(F.scaled_dot_product_attention(turn(pq), turn(pk), turn(pv), is_causal=True))
        asked = []
        for (index, clip), mask in zip(packed.groups, masks):
            keys, values = torch.cat([pk[clip], tk[index]], 1), torch.cat([pv[clip], tv[index]], 1)
            out = F.scaled_dot_product_attention(turn(tq[index]), turn(keys), turn(values), attn_mask=mask)
            asked.append(turn(out).flatten(0, 1))
        out = torch.cat([seen.flatten(0, 1), torch.cat(asked)[packed.home]])
        return out.transpose(0, 1)[None]

    return attend


def answer_loss(language, states, packed):
    """Weighted cross-entropy of all targets."""
    known = packed.targets != IGNORE
    loss = F.cross_entropy(language.logits(states[known]), packed.targets[known], reduction="none")
    weight = packed.weights[known]
    return (loss * weight).sum() / weight.sum()


@torch.no_grad()
def score(language, states, packed):
    """[(type, exact)] per question: teacher-forced all-right, which is greedy exact match."""
    guess = torch.full_like(packed.targets, -1)
    known = packed.targets != IGNORE
    guess[known] = language.logits(states[known]).argmax(-1)
    right = guess == packed.targets
    return [(kind, bool(right[first:end].all())) for kind, first, end in packed.spans]
