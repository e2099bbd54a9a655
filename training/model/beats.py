"""BEATs: the audio tower. Names are the checkpoint's keys (microsoft/unilm beats/backbone.py)."""

import math
from typing import cast

import torch
import torch.nn.functional as F
from torch import nn


class SelfAttention(nn.Module):
    """Multi-head attention whose relative position bias is gated by the query."""

    def __init__(self, width, heads, buckets):
        super().__init__()
        self.heads = heads
        self.k_proj, self.v_proj = nn.Linear(width, width), nn.Linear(width, width)
        self.q_proj, self.out_proj = nn.Linear(width, width), nn.Linear(width, width)
        self.grep_linear = nn.Linear(width // heads, 8)
        self.grep_a = nn.Parameter(torch.ones(1, heads, 1, 1))
        self.relative_attention_bias = nn.Embedding(buckets, heads)

    def forward(self, x, bias):  # (B, N, C), (1, heads, N, N)
        batch, length, width = x.shape
        split = lambda y: y.view(batch, length, self.heads, -1).transpose(1, 2)
        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        gates = self.grep_linear(q).view(batch, self.heads, length, 2, 4).sum(-1)
        gate_a, gate_b = torch.sigmoid(gates).chunk(2, -1)  # (B, heads, N, 1)
        gate = gate_a * (gate_b * self.grep_a - 1.0) + 2.0
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=gate * bias)
        return self.out_proj(out.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    """Post-norm with DeepNorm's residual scale."""

    def __init__(self, cfg):
        super().__init__()
        width, inner = cfg["encoder_embed_dim"], cfg["encoder_ffn_embed_dim"]
        self.alpha = (2 * cfg["encoder_layers"]) ** 0.25
        self.self_attn = SelfAttention(width, cfg["encoder_attention_heads"], cfg["num_buckets"])
        self.self_attn_layer_norm = nn.LayerNorm(width)
        self.fc1, self.fc2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x, bias):
        x = self.self_attn_layer_norm(x * self.alpha + self.self_attn(x, bias))
        return self.final_layer_norm(x * self.alpha + self.fc2(F.gelu(self.fc1(x))))


class PositionConv(nn.Module):
    """A grouped convolution with weight norm over its last axis: g · v · rsqrt(Σv² + 1e-6)."""

    def __init__(self, width, kernel, groups):
        super().__init__()
        self.groups, self.kernel = groups, kernel
        self.bias = nn.Parameter(torch.zeros(width))
        v = torch.randn(width, width // groups, kernel) * math.sqrt(4 / (kernel * width))
        self.weight_v = nn.Parameter(v)
        self.weight_g = nn.Parameter(v.square().sum((0, 1), keepdim=True).sqrt())

    def forward(self, x):  # (B, N, C)
        v = self.weight_v
        weight = self.weight_g * v * torch.rsqrt(v.square().sum((0, 1), keepdim=True) + 1e-6)
        y = F.conv1d(x.transpose(1, 2), weight, self.bias, padding=self.kernel // 2, groups=self.groups)
        if self.kernel % 2 == 0:
            y = y[..., :-1]
        return F.gelu(y).transpose(1, 2)


class Encoder(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        width = cfg["encoder_embed_dim"]
        self.pos_conv = nn.Sequential(PositionConv(width, cfg["conv_pos"], cfg["conv_pos_groups"]))
        self.layer_norm = nn.LayerNorm(width)
        layers = [Layer(cfg) for _ in range(cfg["encoder_layers"])]
        for layer in layers[1:]:  # one table for all layers
            layer.self_attn.relative_attention_bias = layers[0].self_attn.relative_attention_bias
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        x = self.layer_norm(x + self.pos_conv(x))
        first = cast(Layer, self.layers[0])
        bias = first.self_attn.relative_attention_bias(self._buckets(x.shape[1], x.device))
        bias = bias.permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _buckets(self, length, device):
        """(N, N) bucket of key position minus query position: exact when near, logarithmic when far."""
        half = self.cfg["num_buckets"] // 2
        position = torch.arange(length, device=device)
        offset = position[None, :] - position[:, None]
        distance, exact = offset.abs(), half // 2
        far = torch.log(distance.float().clamp(min=1) / exact) / math.log(self.cfg["max_distance"] / exact)
        far = (exact + (far * (half - exact))).long().clamp(max=half - 1)
        return (offset > 0).long() * half + torch.where(distance < exact, distance, far)


class Beats(nn.Module):
    """(B, frames, 128) normalised fbank -> (B, N, C), patches ordered time, then frequency."""

    def __init__(self, cfg):
        super().__init__()
        patch = cfg.get("input_patch_size", 16)
        self.patch_embedding = nn.Conv2d(1, cfg["embed_dim"], patch, patch, bias=False)
        self.layer_norm = nn.LayerNorm(cfg["embed_dim"])
        self.post_extract_proj = nn.Linear(cfg["embed_dim"], cfg["encoder_embed_dim"])
        self.encoder = Encoder(cfg)

    def forward(self, fbank):
        weight = self.patch_embedding.weight
        patch, batch = weight.shape[-1], fbank.shape[0]
        time, bins = fbank.shape[1] // patch, fbank.shape[2] // patch
        # the convolution as one matrix product, which trains faster on a CPU
        x = fbank[:, : time * patch, : bins * patch].reshape(batch, time, patch, bins, patch)
        x = x.permute(0, 1, 3, 2, 4).reshape(batch, time * bins, patch * patch)
        x = F.linear(x, weight.flatten(1))
        return self.encoder(self.post_extract_proj(self.layer_norm(x)))
