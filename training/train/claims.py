"""Two claims of the VideoLLaMA 2 paper, in small, each with the same budget for both sides.

python -m training.train.claims connector [--steps 600]    the STC connector, or the mean of the same frames
python -m training.train.claims sound [--steps 300]        sight and sound together, or sight alone

The connectors learn perception's code from the frozen tower's features of the
same pairs of frames, and are asked what changes within a pair. The language
models start from one state (--start) and learn the questions that need sight and sound.
"""

import argparse

import numpy as np
import torch
from torch import nn

from ..config import LANGUAGE, VISION
from ..features.codes import VIDEO_ROWS, code_accuracy, code_loss
from ..model.connector import StcConnectorV35
from ..model.qwen2 import Qwen2
from ..model.siglip import VisionTower
from ..text.packing import pack, run_language, score
from ..world.questions import ask_everything
from ..world.scene import sample_scene
from ..world.sound import sample_sounds
from . import oracle, vision
from .asking import Asking, by_type
from .insight import VIDEO_TOKENS, Insight
from .run import Run, arguments, load_modules


class MeanConnector(nn.Module):
    """The mean over each pair of frames and 2×2 patches, then a readout with as many weights as the STC connector has."""

    def __init__(self, inputs, width, inner=2400):
        super().__init__()
        self.readout = nn.Sequential(nn.Linear(inputs, inner), nn.GELU(), nn.Linear(inner, width))

    def forward(self, features, time):
        side = int(features.shape[1] ** 0.5)
        pooled = features.view(-1, 2, side // 2, 2, side // 2, 2, features.shape[-1]).mean((1, 3, 5))
        return self.readout(pooled).flatten(1, 2).view(len(features) // time, -1, self.readout[2].out_features)


def compare_connectors(options):
    tower = VisionTower(VISION)
    load_modules("vision", {"tower": tower})
    held = _seen(tower, np.random.default_rng(999), 200, held_out=True)
    for name, made in (("stc", StcConnectorV35), ("mean", MeanConnector)):
        torch.manual_seed(options.seed)
        connector = made(VISION["hidden_size"], LANGUAGE["hidden_size"])
        run = Run(f"claim-connector-{name}", options, {"connector": connector}, [(connector.parameters(), 1.0)])
        for _ in run.steps():
            features, cells = _seen(tower, run.rng, options.batch)
            run.update(_code_loss(connector, features, cells)[0])
        with torch.no_grad():
            loss, amount = _code_loss(connector, *held)
        weights = sum(p.numel() for p in connector.parameters())
        run.say(weights=weights, held_out_loss=round(float(loss), 3),
                **{k: round(v, 3) for k, v in code_accuracy(amount, held[1], VIDEO_ROWS).items()})


@torch.no_grad()
def _seen(tower, rng, size, held_out=False):
    pixels, _, cells, _ = vision.batch_of(rng, size, held_out)
    return tower.features(pixels), cells


def _code_loss(connector, features, cells):
    weights = torch.where(cells[:, vision.EMPTY] == 0, 0.15, 1.0)
    return code_loss(connector(features, 2).flatten(0, 1), cells, VIDEO_ROWS, weights)


def compare_modalities(options):
    for modality in ("audio-video", "video"):
        torch.manual_seed(options.seed)
        language, insight = Qwen2(LANGUAGE), Insight(oracle.WIDTH)
        load_modules(options.start, {"language": language})
        run = Run(f"claim-sound-{modality}", options, {"language": language, "insight": insight},
                  [([*language.parameters(), *insight.parameters()], 1.0)], language.matrices())
        asking = Asking()
        for _ in run.steps():
            oracle.learn(run, language, insight, _batch(run.rng, options.batch, modality), modality, asking)
        run.say(**_evaluate(language, modality))


def _batch(rng, size, modality, held_out=False):
    """Only questions that need both; their clips' features with or without the sound."""
    features, story = [], []
    rows: list = []
    while len(rows) < size:
        scene, sounds = sample_scene(rng, held_out), sample_sounds(rng)
        questions = [q for q in ask_everything(scene, sounds, "audio-video", rng) if q.type.startswith("av ")]
        if questions:
            tokens, done = oracle.oracle_tokens(scene, sounds, "audio-video", rng)
            features.append(tokens if modality == "audio-video" else tokens[:VIDEO_TOKENS])
            story.append(done)
            rows.append(questions)
    return torch.stack(features), torch.stack(story), pack(rows)


@torch.no_grad()
def _evaluate(language, modality):
    rng, scores = np.random.default_rng(999), []
    for _ in range(40):
        features, _, packed = _batch(rng, 6, modality, held_out=True)
        scores += score(language, run_language(language, features, packed), packed)
    share = round(float(np.mean([right for _, right in scores])), 3)
    return {"questions": len(scores), "all": share, "types": by_type(scores)[0]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=("connector", "sound"))
    options = arguments(parser, steps=400, lr=1e-3)
    options.add_argument("--batch", type=int, default=8)
    options.add_argument("--start", default="reading")
    options = options.parse_args()
    {"connector": compare_connectors, "sound": compare_modalities}[options.claim](options)


if __name__ == "__main__":
    main()
