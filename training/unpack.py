"""Reads an imported bundle back into runs' states, so that training can go on from published weights.

python -m training.unpack [--bundle resources/models/sample-av]

Writes the states `seeing` (vision tower and connector), `audio` (audio tower and
projector), `reading` (language model) and `searching` (dual encoder). Layers that
the bundle's language model does not have are added at its end, doing nothing at
first. Weights are as exact as the bundle: fp16.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .config import HOME, RUNS, TEXT, VISION
from .model.siglip import DualEncoder
from .model.videollama import PREFIXES
from .train.assemble import fresh


def weights_of(path):
    """{checkpoint key: float32 tensor} of a network's weights."""
    initializers = onnx.load(str(path)).graph.initializer
    return {tensor.name.removesuffix(".fp16"): torch.from_numpy(numpy_helper.to_array(tensor).astype(np.float32))
            for tensor in initializers}


def fill(module, weights, prefix):
    """Loads every parameter of `module` for which there is a weight; returns the names of the others."""
    state, missing = module.state_dict(), []
    for name, value in state.items():
        if prefix + name in weights:
            value.copy_(weights[prefix + name].reshape(value.shape))
        else:
            missing.append(name)
    module.load_state_dict(state)
    return missing


@torch.no_grad()
def fill_connector(connector, weights, prefix):
    """The importer writes the sampler's windows with their channels last."""
    missing, sampler = fill(connector, weights, prefix), connector.sampler[0].weight
    windows = weights[prefix + "sampler.0.weight"].view(len(sampler), 8, -1)
    sampler.copy_(windows.transpose(1, 2).reshape(sampler.shape))
    return missing


@torch.no_grad()
def fill_beats(tower, weights, prefix):
    """The importer folds two things that training keeps apart: the convolution's weight norm and the position buckets."""
    missing = fill(tower, weights, prefix)
    conv = tower.encoder.pos_conv[0]
    conv.weight_v.copy_(weights[f"{prefix}encoder.pos_conv.0.weight"])
    conv.weight_g.copy_(conv.weight_v.square().sum((0, 1), keepdim=True).sqrt())
    table = weights["relative_position_table"]  # (heads, distances -800 … 800)
    reach = table.shape[1] // 2
    buckets = tower.encoder._buckets(reach + 1, "cpu")  # [query, key], by key minus query
    bias = tower.encoder.layers[0].self_attn.relative_attention_bias.weight
    bias[buckets[0]] = table[:, reach:].T
    bias[buckets[:, 0]] = table[:, : reach + 1].flip(1).T
    return [name for name in missing if "pos_conv" not in name and "relative_attention_bias" not in name]


@torch.no_grad()
def fill_language(language, bundle):
    """Query, key and value are one matrix in the bundle, and the embeddings a file of their own."""
    weights, prefix = weights_of(bundle / "decoder.onnx"), PREFIXES["language"]
    rows = np.fromfile(bundle / "token_embeddings.bin", np.float16).astype(np.float32)
    weights[prefix + "embed_tokens.weight"] = torch.from_numpy(rows)
    for index in range(len(language.layers)):
        for kind in ("weight", "bias"):
            fused = weights.pop(f"{prefix}layers.{index}.self_attn.qkv_proj.{kind}", None)
            for name, part in zip("qkv", () if fused is None else fused.chunk(3)):
                weights[f"{prefix}layers.{index}.self_attn.{name}_proj.{kind}"] = part
    missing = fill(language, weights, prefix)
    for layer in language.layers:
        if id(layer) in _added(language, missing):
            layer.self_attn.o_proj.weight.zero_()
            layer.mlp.down_proj.weight.zero_()
    return missing


@torch.no_grad()
def fill_dual(dual, folder):
    """The pooling head's query, key and value are three matrices in the bundle, and one in PyTorch."""
    weights = weights_of(folder / "image.onnx") | weights_of(folder / "text.onnx")
    prefix = "vision_model.head.attention."
    for kind in ("weight", "bias"):
        weights[f"{prefix}in_proj_{kind}"] = torch.cat([weights[f"{prefix}{part}_proj.{kind}"] for part in "qkv"])
    return fill(dual, weights, "")


def _added(language, missing):
    """Ids of the layers of which every weight is missing."""
    numbers = {int(name.split(".")[1]) for name in missing if name.startswith("layers.")}
    return {id(language.layers[number]) for number in numbers}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bundle", type=Path, default=HOME.parent / "resources/models/sample-av")
    bundle = parser.parse_args().bundle
    model, searching = fresh(), DualEncoder(TEXT, VISION)
    left = fill(model.vision_tower, weights_of(bundle / "vision.onnx"), PREFIXES["vision_tower"])
    lacking = {
        "tower": [name for name in left if not name.startswith(("encoder.layers.3.", "post_layernorm.", "head."))],
        "connector": fill_connector(model.mm_projector, weights_of(bundle / "connector.onnx"), PREFIXES["mm_projector"]),
        "audio tower": fill_beats(model.audio_tower, weights_of(bundle / "audio.onnx"), PREFIXES["audio_tower"]),
        "search": fill_dual(searching, bundle / "embedding"),
        "projector": fill(model.mm_projector_a, weights_of(bundle / "audio_projector.onnx"), PREFIXES["mm_projector_a"]),
    }
    lacking["language"] = fill_language(model.language, bundle)
    print({part: names for part, names in lacking.items() if names} or "every weight was found")
    RUNS.mkdir(parents=True, exist_ok=True)
    keep = lambda **modules: {"modules": {name: module.state_dict() for name, module in modules.items()}}
    torch.save(keep(tower=model.vision_tower, connector=model.mm_projector), RUNS / "seeing.pt")
    torch.save(keep(dual=searching), RUNS / "searching.pt")
    torch.save(keep(language=model.language), RUNS / "reading.pt")
    torch.save(keep(tower=model.audio_tower, projector=model.mm_projector_a), RUNS / "audio.pt")


if __name__ == "__main__":
    main()
