"""Stage 1a: vision tower and connector learn to see, from pairs of frames with dense labels.

python -m training.train.vision [--resume] [--start tower] [--connector vision]
"""

import argparse

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ..config import LANGUAGE, VISION
from ..features.codes import VIDEO_ROWS, code_accuracy, code_loss
from ..features.frames import to_pixel_values
from ..features.labels import video_labels_and_geometry
from ..features.render import frame_times, render
from ..model.connector import StcConnectorV35
from ..model.siglip import VisionTower
from ..world.draw import sample_look
from ..world.palette import COLOUR_NAMES, SHAPE_NAMES
from ..world.scene import sample_scene
from .run import Run, arguments, load_modules

HARD = {"spin", "grow", "shrink"}
EMPTY = list(VIDEO_ROWS).index("empty")


def sample_pair(rng, held_out=False):
    """Two neighbouring frames (2, 96, 96, 3), patch labels (2, 8, 8, 2), cell labels (1, 4, 4, groups), geometry."""
    first = 2 * int(rng.integers(4))
    scene = _sample_scene(rng, held_out, first // 4)
    times = frame_times(rng)[first : first + 2]
    labels = video_labels_and_geometry(scene, times)
    return render(scene, sample_look(rng, scene), times, rng, direct=0.92), *labels


def _sample_scene(rng, held_out, half):
    """Mostly crowded; more than half of the scenes have in this half of the clip what is hard to see in two frames."""
    hard = rng.random() < 0.6
    while True:
        scene = sample_scene(rng, held_out, int(rng.choice([1, 2, 3], p=[0.15, 0.3, 0.55])))
        acts = [act.name for thing in scene.things for act in thing.acts if act.half in ("all", ("first", "second")[half])]
        if not hard or HARD & set(acts):
            return scene


def batch_of(rng, size, held_out=False):
    frames, patches, cells, shapes = zip(*(sample_pair(rng, held_out) for _ in range(size)))
    return (to_pixel_values(np.concatenate(frames)), torch.tensor(np.concatenate(patches)).flatten(0, 2),
            torch.tensor(np.concatenate(cells)).flatten(0, 2), torch.tensor(np.concatenate(shapes)).flatten(0, 2))


class PatchHeads(nn.Module):
    """Training only: what shape and colour each patch shows, which of its points are covered, by what size where, and
    how it is turned.
    """

    def __init__(self, width):
        super().__init__()
        self.shape = nn.Linear(width, len(SHAPE_NAMES) + 1)
        self.colour = nn.Linear(width, len(COLOUR_NAMES) + 1)
        self.geometry = nn.Linear(width, 21)

    def forward(self, features):
        return self.shape(features), self.colour(features), self.geometry(features)


def patch_loss(logits, labels):
    total: float | torch.Tensor = 0
    for scores, label in zip(logits, labels.unbind(1)):
        known = label > -2
        weight = torch.ones(scores.shape[1])
        weight[0] = 0.1
        total = total + F.cross_entropy(scores[known], label[known] + 1, weight)
    return total


def geometry_loss(guess, wanted):
    """Covered points as yes or no; centre and radius in units, where a thing is; its turn where it has one."""
    there, turned = ~wanted[:, 16].isnan(), ~wanted[:, 19].isnan()
    covered = F.binary_cross_entropy_with_logits(guess[:, :16], wanted[:, :16], reduction="none").mean(1)
    away = (guess[there, 16:19] - wanted[there, 16:19] / 0.2).square().mean()
    turn = (guess[turned, 19:] - wanted[turned, 19:]).square().mean()
    return 2 * (covered * torch.where(there, 1.0, 0.15)).mean() + 0.5 * away + 0.5 * turn


def measures(tower, connector, heads, batch):
    pixels, patches, cells, shapes = batch
    features = tower.features(pixels)
    tokens = connector(features, 2).flatten(0, 1)
    logits = [scores.flatten(0, 1) for scores in heads(features)]
    weights = torch.where(cells[:, EMPTY] == 0, 0.15, 1.0)
    coded, amount = code_loss(tokens, cells, VIDEO_ROWS, weights)
    named = patch_loss(logits[:2], patches) + geometry_loss(logits[2], shapes)
    return named, coded, amount, logits


@torch.no_grad()
def evaluate(tower, connector, heads, batch):
    _, coded, amount, logits = measures(tower, connector, heads, batch)
    _, patches, cells, shapes = batch
    result = {k: round(v, 3) for k, v in code_accuracy(amount, cells, VIDEO_ROWS).items()}
    result["geometry"] = round(float(geometry_loss(logits[2], shapes)), 3)
    for name, scores, label in zip(("patch shape", "patch colour"), logits, patches.unbind(1)):
        held = label >= 0
        result[name] = round((scores.argmax(1) - 1 == label)[held].float().mean().item(), 3)
    return {"held_out_loss": round(float(coded), 3), **result}


def main():
    options = arguments(argparse.ArgumentParser(), steps=6000, lr=1e-3)
    options.add_argument("--batch", type=int, default=8)
    options.add_argument("--start", default="", help="start from this run's tower, and its heads if it has kept them")
    options.add_argument("--connector", default="", help="start from this run's connector")
    options.add_argument("--tower", type=float, default=1.0, help="lr factor of the tower")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    tower, heads = VisionTower(VISION), PatchHeads(VISION["hidden_size"])
    connector = StcConnectorV35(VISION["hidden_size"], LANGUAGE["hidden_size"])
    modules = {"tower": tower, "connector": connector, "heads": heads}
    if options.start:
        load_modules(options.start, {"tower": tower, "heads": heads}, may_lack=("heads",))
    if options.connector:
        load_modules(options.connector, {"connector": connector})
    run = Run("vision", options, modules, [
        ([*connector.parameters(), *heads.parameters()], 1.0), (tower.parameters(), options.tower)])
    held_out = batch_of(np.random.default_rng(999), 96, held_out=True)
    recent = []
    for step in run.steps():
        patch, coded, _, _ = measures(tower, connector, heads, batch_of(run.rng, options.batch))
        run.update(patch + coded)
        recent.append((patch.item(), coded.item()))
        if step % options.every == options.every - 1:
            patch_mean, coded_mean = np.mean(recent, 0)
            recent = []
            run.say(patch=round(patch_mean, 3), coded=round(coded_mean, 3),
                    **evaluate(tower, connector, heads, held_out))
            run.save()
    run.save()


if __name__ == "__main__":
    main()
