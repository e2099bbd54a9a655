"""Qwen2 decoder. Names are the checkpoint's keys under `model.`; the output head is tied to the embedding."""

import torch
import torch.nn.functional as F
from torch import nn


class RmsNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        return F.rms_norm(x, x.shape[-1:], self.weight, self.eps)


class Attention(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        width = cfg["hidden_size"]
        self.heads, self.kv_heads = cfg["num_attention_heads"], cfg["num_key_value_heads"]
        self.head = width // self.heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, self.kv_heads * self.head)
        self.v_proj = nn.Linear(width, self.kv_heads * self.head)
        self.o_proj = nn.Linear(width, width, bias=False)

    def forward(self, x, cos, sin, attend):  # (B, N, C)
        batch, length, width = x.shape
        q = self.q_proj(x).view(batch, length, self.heads, self.head).transpose(1, 2)
        k = self.k_proj(x).view(batch, length, self.kv_heads, self.head).transpose(1, 2)
        v = self.v_proj(x).view(batch, length, self.kv_heads, self.head).transpose(1, 2)
        q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
        groups = self.heads // self.kv_heads
        if groups > 1:
            k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        out = attend(q, k, v)
        return self.o_proj(out.transpose(1, 2).reshape(batch, length, width))


def _causal(q, k, v):
    return F.scaled_dot_product_attention(q, k, v, is_causal=True)


def _rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Mlp(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        width, inner = cfg["hidden_size"], cfg["intermediate_size"]
        self.gate_proj = nn.Linear(width, inner, bias=False)
        self.up_proj = nn.Linear(width, inner, bias=False)
        self.down_proj = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        width, eps = cfg["hidden_size"], cfg["rms_norm_eps"]
        self.self_attn, self.mlp = Attention(cfg), Mlp(cfg)
        self.input_layernorm, self.post_attention_layernorm = RmsNorm(width, eps), RmsNorm(width, eps)

    def forward(self, x, cos, sin, attend):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, attend)
        return x + self.mlp(self.post_attention_layernorm(x))


class Qwen2(nn.Module):
    """Embeddings (B, N, C) and positions (B, N) -> states (B, N, C).

    `attend` takes rotated q, k, v (B, heads, N, head) to their mixture; plain
    causal attention unless training packs its sequences in a way of its own.
    """

    def __init__(self, cfg):
        super().__init__()
        width = cfg["hidden_size"]
        self.embed_tokens = nn.Embedding(cfg["vocab_size"], width)
        self.layers = nn.ModuleList(Layer(cfg) for _ in range(cfg["num_hidden_layers"]))
        self.norm = RmsNorm(width, cfg["rms_norm_eps"])
        self.head, self.theta = width // cfg["num_attention_heads"], cfg["rope_theta"]
        self._start(cfg["num_hidden_layers"])

    def _start(self, depth):
        for name, parameter in self.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.normal_(parameter, std=0.02 * 2 / (2 * depth) ** 0.5)
            elif parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.04 if "layers" in name else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def forward(self, x, positions, attend=None, watch=None):
        """`watch`, a dict whose keys are numbers of layers, gets the states after those layers."""
        attend = attend or _causal
        frequency = self.theta ** (-torch.arange(0, self.head, 2).float() / self.head)
        angle = positions[:, None, :, None].float() * frequency
        cos, sin = angle.cos(), angle.sin()
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, cos, sin, attend)
            if watch is not None and number in watch:
                watch[number] = x
        return self.norm(x)

    def matrices(self):
        """The layers' weight matrices."""
        return [p for p in self.layers.parameters() if p.dim() == 2]

    def logits(self, states):
        return states @ self.embed_tokens.weight.T
