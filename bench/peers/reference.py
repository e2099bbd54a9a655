"""VideoLLaMA 2 as its authors run it: PyTorch with transformers' SigLIP and Qwen2 and timm's RegStage, fp32 on the CPU.

    python reference.py <checkpoint folder> <frames file> <frames> <height> <width> <threads>

The frames are raw RGB bytes. Prints {"ready": true}; then, for each line of its input ({"before": [ids],
"after": [ids], "newTokens": 24}), goes once from the frames to greedy tokens and prints {"seconds": {...}, "tokens": [...]}.
Sources: DAMO-NLP-SG/VideoLLaMA2 model/projector.py (STCConnectorV35), model/encoder.py, mm_utils.py (process_video).
The loop over tokens is plain: what transformers' generate() adds to each token is left out, in PyTorch's favour.
"""
import importlib.metadata
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image


def mend_torchvision():
    """transformers and timm import torchvision; one built for another torch fails for two operators that nobody calls."""
    kinds = [importlib.metadata.version(name).partition("+")[2] for name in ("torch", "torchvision")]
    if kinds[0] != kinds[1]:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}() -> ()")
        return library


kept = mend_torchvision()
from safetensors.torch import load_file  # noqa: E402
from timm.layers import LayerNorm2d  # noqa: E402
from timm.models.regnet import RegStage  # noqa: E402
from torch import nn  # noqa: E402
from transformers import Qwen2Config, Qwen2ForCausalLM, SiglipVisionConfig, SiglipVisionModel  # noqa: E402

towers = {"siglip-so400m-patch14-384": dict(hidden_size=1152, intermediate_size=4304, num_hidden_layers=27,
                                            num_attention_heads=16, image_size=384, patch_size=14)}


class STCConnectorV35(nn.Module):
    def __init__(self, encoder_size, size, depth=4):
        super().__init__()
        stage = dict(depth=depth, out_chs=size, stride=1, dilation=1, act_layer=nn.SiLU, norm_layer=LayerNorm2d)
        self.s1 = RegStage(in_chs=encoder_size, **stage)
        self.sampler = nn.Sequential(nn.Conv3d(size, size, 2, stride=2, padding=0), nn.SiLU())
        self.s2 = RegStage(in_chs=size, **stage)
        self.readout = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Linear(size, size))

    def forward(self, features):  # (T, P, C) -> (L, D)
        frames, patches, width = features.shape
        side = int(patches**0.5)
        x = self.s1(features.transpose(1, 2).reshape(frames, width, side, side))  # (T, D, h, w)
        x = self.sampler(x.transpose(0, 1)[None])[0].transpose(0, 1)  # (T', D, h', w')
        return self.readout(self.s2(x).flatten(2).transpose(1, 2).flatten(0, 1))


class Reference:
    def __init__(self, folder):
        config = json.loads((folder / "config.json").read_text())
        if (config["model_type"], config["mm_projector_type"]) != ("videollama2_qwen2", "stc_connector_v35"):
            raise ValueError("only Qwen2 behind stc_connector_v35 is compared")
        weights = {}
        for file in sorted(folder.glob("model*.safetensors")):
            weights.update({name: value.float() for name, value in load_file(file).items()})
        tower = tower_config(folder, config["mm_vision_tower"])
        self.size = tower.image_size
        self.layer = config["mm_vision_select_layer"]
        self.tower = filled(SiglipVisionModel(tower), weights, "model.vision_tower.vision_tower.")
        self.connector = filled(STCConnectorV35(tower.hidden_size, config["hidden_size"]), weights, "model.mm_projector.")
        self.language = filled(Qwen2ForCausalLM(language_config(config)), weights, "")

    def answer(self, frames, before, after, new_tokens):
        clock = Clock()
        pixels = clock.time("preprocess", lambda: preprocess(frames, self.size))
        states = clock.time("tower", lambda: self.tower(pixels, output_hidden_states=True).hidden_states)
        video = clock.time("connector", lambda: self.connector(states[self.layer]))
        first, cache = clock.time("prefill", lambda: self.read(before, video, after))
        tokens = clock.time("generate", lambda: self.generate(first, cache, new_tokens))
        return {"seconds": clock.seconds, "tokens": tokens}

    def read(self, before, video, after):
        embed = self.language.get_input_embeddings()
        parts = [embed(torch.tensor(before, dtype=torch.long)), video, embed(torch.tensor(after, dtype=torch.long))]
        out = self.language(inputs_embeds=torch.cat(parts)[None], use_cache=True, logits_to_keep=1)
        return int(out.logits[0, -1].argmax()), out.past_key_values

    def generate(self, token, cache, new_tokens):
        tokens = [token]
        while len(tokens) < new_tokens:
            out = self.language(input_ids=torch.tensor([[tokens[-1]]]), past_key_values=cache, use_cache=True)
            tokens.append(int(out.logits[0, -1].argmax()))
        return tokens


class Clock:
    def __init__(self):
        self.seconds = {}

    def time(self, stage, work):
        start = time.perf_counter()
        result = work()
        self.seconds[stage] = time.perf_counter() - start
        return result


def preprocess(frames, size):
    """As SiglipImageProcessor: Pillow's bicubic to size x size, to [0, 1], minus a half, by a half."""
    squashed = [np.asarray(Image.fromarray(frame).resize((size, size), Image.BICUBIC)) for frame in frames]
    values = (np.stack(squashed).astype(np.float32) * (1 / 255) - 0.5) / 0.5
    return torch.from_numpy(values.transpose(0, 3, 1, 2).astype(np.float32, order="C"))


def tower_config(folder, name):
    beside = folder / name / "config.json"
    sizes = json.loads(beside.read_text()) if beside.exists() else towers[name.rsplit("/")[-1]]
    sizes.pop("model_type", None)
    return SiglipVisionConfig(**sizes)


def language_config(config):
    names = ["vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
             "num_key_value_heads", "max_position_embeddings", "rms_norm_eps", "tie_word_embeddings"]
    rope = {"rope_type": "default", "rope_theta": config["rope_theta"]}
    return Qwen2Config(**{name: config[name] for name in names}, use_sliding_window=False, rope_parameters=rope)


def filled(module, weights, prefix):
    """With the checkpoint's weights, in fp32; a name that the classes call otherwise is an error."""
    wanted = module.state_dict().keys()
    module.load_state_dict({name: weights[spelled(prefix + name, weights)] for name in wanted})
    return module.float().eval()


def spelled(name, weights):
    """Newer classes leave out the "vision_model." that the published names have."""
    older = name.replace("vision_tower.vision_tower.", "vision_tower.vision_tower.vision_model.")
    return name if name in weights else older


def main():
    folder, file, count, height, width, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    frames = np.fromfile(file, dtype=np.uint8).reshape(int(count), int(height), int(width), 3)
    reference = Reference(Path(folder))
    print(json.dumps({"ready": True}), flush=True)
    with torch.inference_mode():
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(reference.answer(frames, asked["before"], asked["after"], asked["newTokens"])), flush=True)


main()
