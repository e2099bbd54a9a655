"""The whole model: towers, connector, projector, language model, and its checkpoint keys."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from .beats import Beats
from .connector import StcConnectorV35
from .qwen2 import Qwen2
from .siglip import VisionTower

# our attribute -> the checkpoint's key prefix
PREFIXES = {
    "vision_tower": "model.vision_tower.vision_tower.vision_model.",
    "audio_tower": "model.audio_tower.",
    "mm_projector": "model.mm_projector.",
    "mm_projector_a": "model.mm_projector_a.",
    "language": "model.",
}


class VideoLlama(nn.Module):
    def __init__(self, cfg, vision_cfg):
        super().__init__()
        self.cfg, self.vision_cfg = cfg, vision_cfg
        width = cfg["hidden_size"]
        self.vision_tower = VisionTower(vision_cfg)
        self.mm_projector = StcConnectorV35(vision_cfg["hidden_size"], width)
        self.language = Qwen2(cfg)
        self.audio_tower: Beats | None = None
        self.mm_projector_a: nn.Sequential | None = None
        if cfg.get("beats_config"):
            self.audio_tower = Beats(cfg["beats_config"])
            inner = cfg.get("hidden_size_a", width)
            self.mm_projector_a = nn.Sequential(
                nn.Linear(cfg["mm_hidden_size_a"], inner), nn.GELU(), nn.Linear(inner, width))
        self.lm_head = None  # a (V, D) tensor when a loaded checkpoint is untied

    def vision_features(self, pixels):
        """(B·T, 3, S, S) -> (B·T, P, C): hidden_states[-2] of the tower."""
        return self.vision_tower.features(pixels)

    def video_tokens(self, features, time):
        return self.mm_projector(features, time)

    def audio_features(self, bank):
        """(B, frames, 128) normalised fbank -> (B, N, C)."""
        assert self.audio_tower is not None, "this model does not hear"
        return self.audio_tower(bank)

    def audio_tokens(self, features):
        assert self.mm_projector_a is not None, "this model does not hear"
        return self.mm_projector_a(features)

    def logits(self, states):
        return self.language.logits(states) if self.lm_head is None else states @ self.lm_head.T


def to_checkpoint(model):
    """The model's tensors under the published names, the output head written out."""
    tensors = {}
    for part, prefix in PREFIXES.items():
        for name, value in getattr(model, part).state_dict().items():
            tensors[prefix + name] = value
    head = model.language.embed_tokens.weight if model.lm_head is None else model.lm_head
    tensors["lm_head.weight"] = head.detach().clone()
    return tensors


def load_checkpoint(folder):
    """Reads a published checkpoint folder into a float32 VideoLlama; names a mismatch if there is one."""
    folder = Path(folder)
    cfg = json.loads((folder / "config.json").read_text())
    vision_cfg = json.loads((folder / cfg["mm_vision_tower"] / "config.json").read_text())
    model = VideoLlama(cfg, vision_cfg).eval()
    tensors = {}
    for shard in sorted(folder.glob("model*.safetensors")):
        tensors.update({name: value.float() for name, value in load_file(shard).items()})
    model.lm_head = tensors["lm_head.weight"]
    others = [prefix for part, prefix in PREFIXES.items() if part != "language"]
    for part, prefix in PREFIXES.items():
        if getattr(model, part) is None:
            continue
        mine = {k[len(prefix):]: v for k, v in tensors.items() if k.startswith(prefix)
                and not (part == "language" and any(k.startswith(o) for o in others))}
        result = getattr(model, part).load_state_dict(mine, strict=False)
        unused = [k for k in result.unexpected_keys if not k.startswith("predictor.")]
        missing = [k for k in result.missing_keys if not k.startswith(("head.", "post_layernorm."))]
        if unused or missing:
            raise ValueError(f"{folder}: {part} lacks {missing} and does not know {unused}")
    return model


@torch.no_grad()
def splice(model, before, features, after):
    """Token ids before and after the modal token, and features in its place -> (1, N, D) embeddings."""
    embed = model.language.embed_tokens
    parts = [embed(torch.tensor(before, dtype=torch.long)), *features, embed(torch.tensor(after, dtype=torch.long))]
    return torch.cat(parts)[None]


@torch.no_grad()
def generate(model, embeddings, stop, most=64):
    """Greedy tokens until one of `stop`, and the logits of the first position: (ids, (V,), smallest top-2 margin)."""
    ids: list[int] = []
    first, margin = None, float("inf")
    while len(ids) < most:
        length = embeddings.shape[1]
        states = model.language(embeddings, torch.arange(length)[None])
        logits = model.logits(states[0, -1])
        first = logits if first is None else first
        top = logits.topk(2)
        margin = min(margin, float(top.values[0] - top.values[1]))
        token = int(top.indices[0])
        ids.append(token)
        if token in stop:
            break
        embeddings = torch.cat([embeddings, model.language.embed_tokens.weight[token][None, None]], 1)
    return ids, first, margin
