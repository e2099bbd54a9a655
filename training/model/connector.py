"""STC connector v3.5: RegNet stage, 2×2×2 convolution over time and space, RegNet stage, readout.

Names are the checkpoint's keys. Stages work on (N, H, W, C) with 1×1
convolutions as matrix products, which is the same arithmetic and faster here.
"""

import torch
import torch.nn.functional as F
from torch import nn


class Pointwise(nn.Module):
    """A 1×1 convolution on the last axis; the weight keeps its (out, in, 1, 1) shape."""

    def __init__(self, inputs, outputs, bias=False):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 1, 1) * (1.4 / inputs**0.5))
        if bias:
            self.bias = nn.Parameter(torch.zeros(outputs))
        else:
            self.register_parameter("bias", None)

    def forward(self, x):
        return F.linear(x, self.weight[:, :, 0, 0], self.bias)


class Depthwise(nn.Module):
    """3×3, each channel alone."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(channels, 1, 3, 3) * 0.3)

    def forward(self, x):  # (N, H, W, C)
        return F.conv2d(x.permute(0, 3, 1, 2), self.weight, padding=1, groups=x.shape[-1]).permute(0, 2, 3, 1)


class ConvNorm(nn.Module):
    """timm's ConvNormAct with LayerNorm2d under the name bn."""

    def __init__(self, conv, channels):
        super().__init__()
        self.conv = conv
        self.bn = nn.LayerNorm(channels, eps=1e-6)

    def forward(self, x):
        return self.bn(self.conv(x))


class SqueezeExcite(nn.Module):
    def __init__(self, channels, squeezed):
        super().__init__()
        self.fc1 = Pointwise(channels, squeezed, bias=True)
        self.fc2 = Pointwise(squeezed, channels, bias=True)

    def forward(self, x):
        gate = self.fc2(F.silu(self.fc1(x.mean((1, 2), keepdim=True))))
        return x * torch.sigmoid(gate)


class Bottleneck(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = ConvNorm(Pointwise(inputs, outputs), outputs)
        self.conv2 = ConvNorm(Depthwise(outputs), outputs)
        self.se = SqueezeExcite(outputs, int(round(inputs * 0.25)))
        self.conv3 = ConvNorm(Pointwise(outputs, outputs), outputs)
        self.downsample = ConvNorm(Pointwise(inputs, outputs), outputs) if inputs != outputs else nn.Identity()

    def forward(self, x):
        y = F.silu(self.conv1(x))
        y = self.se(F.silu(self.conv2(y)))
        return F.silu(self.conv3(y) + self.downsample(x))


class Stage(nn.Module):
    def __init__(self, depth, inputs, outputs):
        super().__init__()
        for index in range(depth):
            self.add_module(f"b{index + 1}", Bottleneck(inputs if index == 0 else outputs, outputs))

    def forward(self, x):
        for block in self.children():
            x = block(x)
        return x


class Downsample(nn.Module):
    """Conv3d with kernel and stride 2, no padding; odd edges are dropped."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(channels, channels, 2, 2, 2) * (8 * channels) ** -0.5)
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):  # (B, T, H, W, C) -> (B, T/2, H/2, W/2, C)
        batch, time, height, width, channels = x.shape
        t, h, w = time // 2, height // 2, width // 2
        x = x[:, : 2 * t, : 2 * h, : 2 * w].reshape(batch, t, 2, h, 2, w, 2, channels)
        x = x.permute(0, 1, 3, 5, 7, 2, 4, 6).reshape(batch, t, h, w, channels * 8)
        return F.linear(x, self.weight.flatten(1), self.bias)


class StcConnectorV35(nn.Module):
    def __init__(self, inputs, width, depth=4):
        super().__init__()
        self.s1 = Stage(depth, inputs, width)
        self.sampler = nn.Sequential(Downsample(width), nn.SiLU())
        self.s2 = Stage(depth, width, width)
        self.readout = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))

    def forward(self, features, time):
        """(B·T, P, C) tower features -> (B, L, D) video tokens, ordered time, row, column."""
        frames, patches, _ = features.shape
        side = int(patches**0.5)
        x = self.s1(features.view(frames, side, side, -1))
        x = self.sampler(x.view(frames // time, time, side, side, -1))
        batch, t, h, w, channels = x.shape
        x = self.s2(x.reshape(batch * t, h, w, channels))
        return self.readout(x).view(batch, t * h * w, -1)
