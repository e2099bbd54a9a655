"""Stage 2: the language model reads what perception really writes.

Perception already writes the code that the language model reads, with errors of
its own. Batches of perceived clips (see training/perceive.py) are mixed with
oracle clips, which never run out. Perception itself is finished and stays as it is.

python -m training.train.joint [--resume]
"""

import argparse
import pickle

import numpy as np
import torch

from ..config import OUT
from ..text.packing import pack
from ..world.practice import RELATED, related
from ..world.questions import MODALITIES, ask_everything
from . import oracle
from .asking import Asking
from .assemble import fresh, stitch
from .insight import Insight
from .run import Run, arguments, load_modules


def features_of(clips, modality):
    """(features (B, P, D), story (B, 64, 4) or None)."""
    names = {"video": ["video"], "audio": ["audio"], "audio-video": ["video", "audio"]}[modality]
    features = torch.stack([torch.cat([torch.from_numpy(clip[name]) for name in names]) for clip in clips]).float()
    return features, None if modality == "audio" else torch.stack([torch.from_numpy(clip["story"]) for clip in clips])


def batch_of(clips, modality, rng, asking=None):
    """As oracle.batch_of, from perceived clips."""
    rows = [ask_everything(clip["scene"], clip["sounds"], modality, rng, oracle.CHOICES) for clip in clips]
    return *features_of(clips, modality), pack([asking.pick(row, rng) if asking else row for row in rows])


def read_clips(name):
    return pickle.loads((OUT / f"{name}.pkl").read_bytes())


def held_out_batches(clips, size=6):
    rng = np.random.default_rng(5)
    return [batch_of(clips[start : start + size], MODALITIES[start // size % 3], rng)
            for start in range(0, len(clips), size)]


def main():
    options = arguments(argparse.ArgumentParser(), steps=4000, lr=1.5e-3)
    options.add_argument("--batch", type=int, default=4)
    options.add_argument("--oracle", type=float, default=0.4, help="share of oracle batches")
    options.add_argument("--start", default="", help="start from this joint run instead of the stages' parts")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    model, insight = stitch(fresh()), Insight(oracle.WIDTH)
    load_modules("oracle", {"insight": insight}, may_lack=("insight",), strict=False)
    if options.start:
        load_modules(options.start, {"model": model, "insight": insight}, strict=False)
    language = model.language
    run = Run("joint", options, {"model": model, "insight": insight},
              [([*language.parameters(), *insight.parameters()], 1.0)], language.matrices())
    clips, asking, losses = read_clips("perceived"), Asking(), []
    telling = [clip for clip in clips if related(clip["scene"], clip["sounds"])]
    held = held_out_batches(read_clips("perceived-held-out"))
    run.say(event="stitched", **oracle.evaluate(language, held))
    for step in run.steps():
        modality = run.choose(MODALITIES, oracle.SHARES)
        if run.rng.random() < options.oracle:
            batch = oracle.batch_of(run.rng, options.batch, modality, asking)
        else:
            pool = telling if modality == "audio-video" and run.rng.random() < RELATED else clips
            some = [pool[i] for i in run.rng.integers(0, len(pool), options.batch)]
            batch = batch_of(some, modality, run.rng, asking)
        losses.append(oracle.learn(run, language, insight, batch, modality, asking))
        if step % options.every == options.every - 1:
            run.say(loss=round(float(np.mean(losses)), 3), **oracle.evaluate(language, held))
            losses = []
            run.save()
    run.save()


if __name__ == "__main__":
    main()
