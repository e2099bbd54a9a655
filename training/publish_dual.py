"""Writes the dual encoder for search in SigLIP's published layout.

python -m training.publish_dual [--out training/out/dual]
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from .config import OUT, TEXT, VISION
from .features.frames import squash, to_pixel_values
from .model.siglip import DualEncoder
from .publish import PREPROCESSOR, write_json, write_tokenizer
from .text.tokenizer import special
from .train.dual import sample_frame, text_ids
from .train.run import load_modules

TEXTS = ("a red circle", "a blue square and a green star", "small yellow heart")


def publish(folder):
    folder.mkdir(parents=True, exist_ok=True)
    model = DualEncoder(TEXT, VISION)
    load_modules("dual", {"dual": model})
    pad = special("<|endoftext|>")
    text = {**TEXT, "pad_token_id": pad, "eos_token_id": pad, "bos_token_id": pad}
    write_json(folder / "config.json", {"architectures": ["SiglipModel"], "model_type": "siglip",
                                        "initializer_factor": 1.0, "text_config": text, "vision_config": VISION})
    write_json(folder / "preprocessor_config.json", PREPROCESSOR)
    write_tokenizer(folder)
    tensors = {name: value.half().contiguous() for name, value in model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    write_expected(folder)
    print(f"{folder}: {sum(t.numel() for t in tensors.values()) / 1e6:.2f} M parameters")


@torch.no_grad()
def write_expected(folder):
    """input_ids, frames, pixel_values and the normalised embeddings, as in the project's parity folders."""
    model = DualEncoder(TEXT, VISION).eval()
    model.load_state_dict({name: value.float() for name, value in load_file(folder / "model.safetensors").items()})
    rng = np.random.default_rng(4)
    frames = np.stack([sample_frame(rng)[0] for _ in range(4)])
    pixels = to_pixel_values(np.stack([squash(frame, VISION["image_size"]) for frame in frames]))
    ids = text_ids(TEXTS)
    image = F.normalize(model.vision_model.embed(pixels), dim=-1)
    text = F.normalize(model.text_model(ids), dim=-1)
    logits = image @ text.T * model.logit_scale.exp() + model.logit_bias
    save_file({"input_ids": ids.int(), "frames": torch.from_numpy(frames), "pixel_values": pixels.contiguous(),
               "image_embeds": image, "text_embeds": text, "logits_per_image": logits.contiguous()},
              folder / "expected.safetensors")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=OUT / "dual")
    torch.set_num_threads(1)
    publish(parser.parse_args().out)


if __name__ == "__main__":
    main()
