"""Trains everything from nothing by the recipe, and publishes it.

python -m training.train.all [--resume]

Perception and language learn side by side, one process each; then two processes
share the joint run. An interrupted run goes on with --resume.
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
    ["training.perceive", "--clips", "1500", "--encoded", "400"],
    ["training.perceive", "--clips", "90", "--encoded", "90", "--seed", "999", "--held-out",
     "--out", "training/out/perceived-held-out.pkl"],
    ["torch.distributed.run", "--nproc_per_node", "2", "-m", "training.train.joint", "--steps", "5000", "--batch", "6"],
    ["training.train.dual", "--steps", "4000", "--threads", "2"],
    ["training.publish"],
    ["training.publish_dual"],
]


def run(stages, resume):
    for stage in stages:
        again = ["--resume"] if resume and any(part.startswith("training.train.") for part in stage) else []
        subprocess.run([sys.executable, "-m", *stage, *again], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--resume", action="store_true")
    resume = parser.parse_args().resume
    run([["training.text.tokenizer"]], resume)
    with ThreadPoolExecutor() as pool:
        for chain in [pool.submit(run, stages, resume) for stages in SIDE_BY_SIDE]:
            chain.result()
    run(THEN, resume)


if __name__ == "__main__":
    main()
