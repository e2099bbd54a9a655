"""SigLIP's vision and text towers; parameter names are the checkpoint's keys (transformers' SiglipModel)."""

from typing import cast

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    @torch.no_grad()
    def start_alike(self):
        """Equal query and key weights: at first, patches attend to near patches that look alike."""
        width = self.q_proj.weight.shape[0]
        nn.init.orthogonal_(self.q_proj.weight)
        self.k_proj.weight.copy_(self.q_proj.weight)
        nn.init.zeros_(self.q_proj.bias)
        nn.init.zeros_(self.k_proj.bias)
        nn.init.orthogonal_(self.out_proj.weight, gain=0.7)
        self.v_proj.weight.copy_(self.out_proj.weight.T + torch.randn(width, width) * 0.02)

    def forward(self, x, mask=None):  # (B, N, C)
        batch, length, width = x.shape
        q, k, v = (p(x).view(batch, length, self.heads, -1).transpose(1, 2)
                   for p in (self.q_proj, self.k_proj, self.v_proj))
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.out_proj(out.transpose(1, 2).reshape(batch, length, width))


class Mlp(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.layer_norm1 = nn.LayerNorm(width, eps=1e-6)
        self.self_attn = Attention(width, heads)
        self.layer_norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = Mlp(width, inner)

    def forward(self, x, mask=None):
        x = x + self.self_attn(self.layer_norm1(x), mask)
        return x + self.mlp(self.layer_norm2(x))


class Encoder(nn.Module):
    def __init__(self, layers, width, heads, inner):
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))


class PatchEmbeddings(nn.Module):
    """Linear patches plus learned positions: (B, 3, S, S) -> (B, P, C)."""

    def __init__(self, image_size, patch_size, width):
        super().__init__()
        self.patch_embedding = nn.Conv2d(3, width, patch_size, patch_size)
        self.position_embedding = nn.Embedding((image_size // patch_size) ** 2, width)
        self.start_from_cosines()
        self.start_from_places()

    def forward(self, pixels):
        patch, width = self.patch_embedding.kernel_size[0], self.patch_embedding.out_channels
        batch, _, size, _ = pixels.shape
        grid = size // patch
        # the convolution as one matrix product, which trains faster on a CPU
        cut = pixels.view(batch, 3, grid, patch, grid, patch).permute(0, 2, 4, 1, 3, 5).reshape(batch, grid * grid, -1)
        x = F.linear(cut, self.patch_embedding.weight.view(width, -1), self.patch_embedding.bias)
        return x + self.position_embedding.weight

    @torch.no_grad()
    def start_from_cosines(self):
        """Starts as a cosine transform, low frequencies first and roughly whitened, luma finer than chroma."""
        weight = self.patch_embedding.weight
        width, _, patch, _ = weight.shape
        n = torch.arange(patch) + 0.5
        wave = torch.stack([torch.cos(torch.pi / patch * n * k) for k in range(patch)])
        wave = wave / wave.norm(dim=1, keepdim=True)
        channels = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, -1.0], [-0.5, 1.0, -0.5]])
        channels = channels / channels.norm(dim=1, keepdim=True)
        ranked = sorted((u * u + v * v + (10 if c else 0), u, v, c)
                        for u in range(patch) for v in range(patch) for c in range(3))
        for row, (_, u, v, c) in enumerate(ranked[:width]):
            basis = channels[c][:, None, None] * wave[u][:, None] * wave[v][None, :]
            weight[row] = basis * (0.35 * (1 + u + v) ** 0.7 / patch**0.5)
        assert self.patch_embedding.bias is not None  # nn.Conv2d has one
        nn.init.zeros_(self.patch_embedding.bias)

    @torch.no_grad()
    def start_from_places(self):
        """Positions start as sines and cosines of row and column."""
        weight = self.position_embedding.weight
        count, width = weight.shape
        side, quarter = int(count**0.5), width // 4
        frequency = 1.5 * 0.15 ** (torch.arange(quarter) / quarter)
        angle = torch.arange(side)[:, None] * frequency  # (side, quarter)
        wave = torch.cat([angle.sin(), angle.cos()], 1)
        rows, columns = wave.repeat_interleave(side, 0), wave.repeat(side, 1)
        weight[:, : 4 * quarter] = 0.5 * torch.cat([rows, columns], 1)


class PoolingHead(nn.Module):
    """SigLIP's attention pooling: (B, P, C) -> (B, C)."""

    def __init__(self, width, heads, inner):
        super().__init__()
        self.probe = nn.Parameter(torch.randn(1, 1, width) * 0.5)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.layernorm = nn.LayerNorm(width, eps=1e-6)
        self.mlp = Mlp(width, inner)

    def forward(self, x):
        x = self.attention(self.probe.expand(len(x), -1, -1), x, x, need_weights=False)[0]
        return (x + self.mlp(self.layernorm(x)))[:, 0]


class VisionTower(nn.Module):
    """`features` is hidden_states[-2], what the connector sees; `embed` goes on through the last layer and the head."""

    def __init__(self, cfg):
        super().__init__()
        width, heads, inner = cfg["hidden_size"], cfg["num_attention_heads"], cfg["intermediate_size"]
        self.embeddings = PatchEmbeddings(cfg["image_size"], cfg["patch_size"], width)
        self.encoder = Encoder(cfg["num_hidden_layers"], width, heads, inner)
        for layer in self.encoder.layers:
            cast(Layer, layer).self_attn.start_alike()
        self.post_layernorm = nn.LayerNorm(width, eps=1e-6)
        self.head = PoolingHead(width, heads, inner)

    def features(self, pixels):  # (B, 3, S, S) -> (B, P, C)
        x = self.embeddings(pixels)
        for layer in self.encoder.layers[:-1]:
            x = layer(x)
        return x

    def embed_features(self, x):  # (B, P, C) -> (B, C)
        return self.head(self.post_layernorm(self.encoder.layers[-1](x)))

    def embed(self, pixels):
        return self.embed_features(self.features(pixels))


class TextEmbeddings(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.token_embedding = nn.Embedding(cfg["vocab_size"], cfg["hidden_size"])
        self.position_embedding = nn.Embedding(cfg["max_position_embeddings"], cfg["hidden_size"])
        nn.init.normal_(self.token_embedding.weight, std=0.1)
        nn.init.normal_(self.position_embedding.weight, std=0.05)

    def forward(self, ids):
        return self.token_embedding(ids) + self.position_embedding.weight[: ids.shape[1]]


class TextTower(nn.Module):
    """The last position's state, projected: (B, N) ids -> (B, C). Padding is attended to, as in SigLIP."""

    def __init__(self, cfg):
        super().__init__()
        width = cfg["hidden_size"]
        self.embeddings = TextEmbeddings(cfg)
        self.encoder = Encoder(cfg["num_hidden_layers"], width, cfg["num_attention_heads"], cfg["intermediate_size"])
        self.final_layer_norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, cfg["projection_size"])

    def forward(self, ids):
        x = self.embeddings(ids)
        for layer in self.encoder.layers:
            x = layer(x)
        return self.head(self.final_layer_norm(x)[:, -1])


class DualEncoder(nn.Module):
    def __init__(self, text_config, vision_config):
        super().__init__()
        self.text_model = TextTower(text_config)
        self.vision_model = VisionTower(vision_config)
        self.logit_scale = nn.Parameter(torch.tensor([2.3]))
        self.logit_bias = nn.Parameter(torch.tensor([-6.0]))
