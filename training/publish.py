"""Writes the trained model in the published checkpoint layout, with the numbers it should give.

python -m training.publish [--out training/out/sample-av] [--sample resources/samples/….mp4]
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from .config import FRAMES, HOME, LANGUAGE, OUT, VISION
from .expected import write_expected
from .model.videollama import to_checkpoint
from .text import tokenizer
from .train.assemble import adopt_pooling_head, assembled

PREPROCESSOR = {
    "do_convert_rgb": True, "do_normalize": True, "do_rescale": True, "do_resize": True,
    "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "image_processor_type": "SiglipImageProcessor",
    "resample": 3, "rescale_factor": 1 / 255,
    "size": {"height": VISION["image_size"], "width": VISION["image_size"]},
}


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def write_tokenizer(folder):
    tokenizer.load().save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", {
        "backend": "tokenizers", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
        "model_max_length": LANGUAGE["max_position_embeddings"], "tokenizer_class": "TokenizersBackend"})
    (folder / "chat_template.jinja").write_text(tokenizer.TEMPLATE)


def publish(model, folder, sample):
    folder.mkdir(parents=True, exist_ok=True)
    end, pad = tokenizer.special("<|im_end|>"), tokenizer.special("<|endoftext|>")
    write_json(folder / "config.json", {**LANGUAGE, "num_frames": FRAMES})
    write_json(folder / "generation_config.json", {"eos_token_id": end, "pad_token_id": pad, "do_sample": False})
    tower = folder / LANGUAGE["mm_vision_tower"]
    tower.mkdir(exist_ok=True)
    write_json(tower / "config.json", VISION)
    write_json(tower / "preprocessor_config.json", PREPROCESSOR)
    write_tokenizer(folder)
    tensors = {name: value.half().contiguous().clone() for name, value in to_checkpoint(model).items()}
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    write_expected(folder, sample)
    size = (folder / "model.safetensors").stat().st_size
    print(f"{folder}: {sum(t.numel() for t in tensors.values()) / 1e6:.2f} M parameters, {size / 1e6:.1f} MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=OUT / "sample-av")
    parser.add_argument("--run", default="joint")
    parser.add_argument("--sample", type=Path, default=HOME.parent / "resources/samples/red-circle-and-bell.mp4")
    options = parser.parse_args()
    torch.set_num_threads(1)
    publish(adopt_pooling_head(assembled(options.run)), options.out, options.sample)


if __name__ == "__main__":
    main()
