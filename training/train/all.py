"""Trains everything from nothing by the recorded recipe, and publishes it.

python -m training.train.all [--resume]

Stages 1a, 1b and 1c run side by side, one thread each; the rest one after the
other. An interrupted run goes on with --resume.
"""

import argparse
import subprocess
import sys

TOGETHER = [
    ["training.train.vision", "--steps", "12000"],
    ["training.train.audio", "--steps", "2000"],
    ["training.train.oracle", "--steps", "20000", "--batch", "4", "--decay", "0.1"],
]
THEN = [
    ["training.pool", "--clips", "1000"],
    ["training.train.joint", "--steps", "20000", "--towers", "0.2", "--threads", "2"],
    ["training.train.dual", "--steps", "6000", "--threads", "2"],
    ["training.publish"],
    ["training.publish_dual"],
]


def command(stage, resume):
    resumable = resume and stage[0].startswith("training.train.")
    return [sys.executable, "-m", *stage, *(["--resume"] if resumable else [])]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--resume", action="store_true")
    resume = parser.parse_args().resume
    subprocess.run([sys.executable, "-m", "training.text.tokenizer"], check=True)
    running = [subprocess.Popen(command(stage, resume)) for stage in TOGETHER]
    if any(process.wait() for process in running):
        raise SystemExit("a stage failed: see its log, and go on with --resume")
    for stage in THEN:
        subprocess.run(command(stage, resume), check=True)


if __name__ == "__main__":
    main()
