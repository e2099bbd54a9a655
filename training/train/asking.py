"""Which questions a training batch asks: types it still gets wrong come more often, none is dropped.

Every clip is captioned: a caption asks for all there is to know at once.
"""

import numpy as np


class Asking:
    """Keeps a running accuracy per question type and picks questions by it."""

    def __init__(self, per_clip=10):
        self.per_clip, self.accuracy, self.share = per_clip, {}, {}

    def pick(self, questions, rng):
        """At most `per_clip` of the questions: captions, and others without replacement, weighted by error and rarity."""
        captions = [q for q in questions if q.type == "caption"]
        others = [q for q in questions if q.type != "caption"]
        weights = np.array([self._weight(q.type) for q in others])
        count = min(self.per_clip - len(captions), len(others))
        chosen = rng.choice(len(others), count, replace=False, p=weights / weights.sum())
        return [*captions, *(others[i] for i in chosen)]

    def _weight(self, kind):
        error = 1 - self.accuracy.get(kind, 0.3)
        return (0.08 + error) / np.sqrt(self.share.get(kind, 0.02) + 0.01)

    def learn(self, scores):
        """scores: [(type, exact)] of a batch."""
        for kind, exact in scores:
            self.accuracy[kind] = 0.99 * self.accuracy.get(kind, 0.3) + 0.01 * exact
        for kind in self.accuracy:
            self.share.setdefault(kind, 0.02)
        total = max(1, len(scores))
        for kind in self.share:
            now = sum(k == kind for k, _ in scores) / total
            self.share[kind] = 0.995 * self.share[kind] + 0.005 * now


def by_type(scores):
    """{type: (accuracy, questions)} and the mean over types."""
    found: dict[str, list] = {}
    for kind, exact in scores:
        found.setdefault(kind, []).append(exact)
    table = {kind: round(float(np.mean(v)), 3) for kind, v in sorted(found.items())}
    return table, round(float(np.mean(list(table.values()))), 3)
