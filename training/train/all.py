"""Trains everything from nothing by the recipe, and publishes it.

python -m training.train.all [--resume] [--share 0.001]

Perception and language learn side by side, one process each; then two processes
share the joint run. An interrupted run goes on with --resume. A small --share of
the steps and clips shows in minutes whether the whole way works; it writes over
the same files, so try it in a copy of the repository.
"""

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

SIDE_BY_SIDE = [
    [["training.train.audio", "--steps", "1500", "--decay", "0.3"],
     ["training.train.tower", "--steps", "6000"],
     ["training.train.vision", "--start", "tower", "--tower", "0.5", "--steps", "8000"]],
    [["training.train.oracle", "--steps", "12000", "--batch", "4", "--lr", "3e-3"]],
]
THEN = [
    ["training.perceive", "--clips", "3600", "--encoded", "300"],
    ["training.perceive", "--clips", "240", "--encoded", "60", "--seed", "998", "--held-out",
     "--out", "training/out/perceived-held-out.pkl"],
    ["torch.distributed.run", "--nproc_per_node", "2", "-m", "training.train.joint", "--steps", "5000", "--batch", "6"],
    ["training.train.dual", "--steps", "4000", "--threads", "2"],
    ["training.publish"],
    ["training.publish_dual"],
]
AMOUNTS = ("--steps", "--clips", "--encoded")
LEAST = 6


def scaled(stage, share):
    """A stage with its steps and clips times `share`."""
    return [str(max(LEAST, round(int(word) * share))) if before in AMOUNTS else word
            for before, word in zip(["", *stage], stage)]


def run(stages, resume, share):
    for stage in stages:
        again = ["--resume"] if resume and any(word.startswith("training.train.") for word in stage) else []
        subprocess.run([sys.executable, "-m", *scaled(stage, share), *again], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--share", type=float, default=1.0, help="of the steps and clips, to try the way out")
    options = parser.parse_args()
    run([["training.text.tokenizer"]], options.resume, 1)
    with ThreadPoolExecutor() as pool:
        for chain in [pool.submit(run, stages, options.resume, options.share) for stages in SIDE_BY_SIDE]:
            chain.result()
    run(THEN, options.resume, options.share)


if __name__ == "__main__":
    main()
