"""Stage 0: the vision tower alone learns to see, from single frames with a label for every patch.

python -m training.train.tower [--resume] [--start vision]
"""

import argparse

import numpy as np
import torch

from ..config import VISION
from ..features.frames import to_pixel_values
from ..features.labels import coverage, patch_geometry, patch_labels
from ..features.render import frame_times, render
from ..model.siglip import VisionTower
from ..world.draw import sample_look
from ..world.motion import pose_at
from ..world.scene import sample_scene
from .run import Run, arguments, load_modules
from .vision import PatchHeads, geometry_loss, patch_loss


def sample_frame(rng, held_out=False):
    """One frame (1, 96, 96, 3), patch labels (1, 8, 8, 2), geometry (1, 8, 8, 19); mostly crowded scenes."""
    scene = sample_scene(rng, held_out, int(rng.choice([1, 2, 3], p=[0.1, 0.25, 0.65])))
    times = frame_times(rng)[[int(rng.integers(8))]]
    poses = [pose_at(thing, times) for thing in scene.things]
    covered = coverage(scene, poses, 1)
    frames = render(scene, sample_look(rng, scene), times, rng, direct=0.94)
    return frames, patch_labels(scene, poses, covered), patch_geometry(scene, poses, covered)


def batch_of(rng, size, held_out=False):
    frames, labels, shapes = (np.concatenate(part) for part in zip(*(sample_frame(rng, held_out) for _ in range(size))))
    return to_pixel_values(frames), torch.tensor(labels).flatten(0, 2), torch.tensor(shapes).flatten(0, 2)


def measures(tower, heads, batch):
    pixels, labels, shapes = batch
    logits = [scores.flatten(0, 1) for scores in heads(tower.features(pixels))]
    return patch_loss(logits[:2], labels), geometry_loss(logits[2], shapes), logits


@torch.no_grad()
def evaluate(tower, heads, batch):
    named, shaped, logits = measures(tower, heads, batch)
    result = {"held_out_named": round(float(named), 3), "held_out_shaped": round(float(shaped), 3)}
    for name, scores, label in zip(("patch shape", "patch colour"), logits, batch[1].unbind(1)):
        held = label >= 0
        result[name] = round((scores.argmax(1) - 1 == label)[held].float().mean().item(), 3)
    return result


def main():
    options = arguments(argparse.ArgumentParser(), steps=8000, lr=1e-3)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--start", default="", help="start from this run's tower and heads")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    tower, heads = VisionTower(VISION), PatchHeads(VISION["hidden_size"])
    modules = {"tower": tower, "heads": heads}
    if options.start:
        load_modules(options.start, modules)
    run = Run("tower", options, modules, [([p for m in modules.values() for p in m.parameters()], 1.0)])
    held_out = batch_of(np.random.default_rng(999), 200, held_out=True)
    recent = []
    for step in run.steps():
        named, shaped, _ = measures(tower, heads, batch_of(run.rng, options.batch))
        run.update(named + shaped)
        recent.append((named.item(), shaped.item()))
        if step % options.every == options.every - 1:
            means = np.mean(recent, 0)
            recent = []
            run.say(named=round(means[0], 3), shaped=round(means[1], 3), **evaluate(tower, heads, held_out))
            run.save()
    run.save()


if __name__ == "__main__":
    main()
