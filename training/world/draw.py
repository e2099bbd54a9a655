"""Draws a scene at given times into RGB frames of any size (squashed if the aspect differs)."""

from dataclasses import dataclass

import numpy as np

from .motion import pose_at
from .palette import COLOURS, SHAPES

_GRAIN = np.random.default_rng(7).normal(0, 1, 1 << 21).astype(np.float32)


@dataclass
class Look:
    """How a clip is painted: background, grain, camera shake, shading of the objects."""

    kind: str  # plain, gradient or textured
    colour: np.ndarray
    second: np.ndarray
    angle: float
    pattern: np.ndarray  # (k, 4): wave numbers x, y, phase, strength
    checks: bool
    grain: float
    shake: float
    shadow: float
    shading: float
    tints: np.ndarray  # (things, 3)
    seed: int


def sample_look(rng, scene, tidy=False):
    """A random look in which every object stands out from the background."""
    objects = np.array([COLOURS[thing.colour] for thing in scene.things], np.float32)
    colour = _background_colour(rng, objects)
    second = _background_colour(rng, objects, near=colour)
    waves = rng.integers(1, 4)
    frequency = rng.uniform(3, 16, waves) * 2
    heading = rng.uniform(0, np.pi, waves)
    pattern = np.stack([frequency * np.cos(heading), frequency * np.sin(heading),
                        rng.uniform(0, 6.3, waves), rng.uniform(4, 12, waves) / waves], 1)
    return Look(
        kind=str(rng.choice(["plain", "gradient", "textured"])),
        colour=colour, second=second, angle=float(rng.uniform(0, 6.3)), pattern=pattern,
        checks=bool(rng.random() < 0.25),
        grain=0.0 if tidy else float(rng.uniform(0, 6)),
        shake=0.0 if tidy or rng.random() < 0.5 else float(rng.uniform(0, 0.006)),
        shadow=0.3 if tidy else float(rng.uniform(0, 0.4) * (rng.random() < 0.4)),
        shading=0.14 if tidy else float(rng.uniform(0, 0.2) * (rng.random() < 0.5)),
        tints=rng.uniform(-9, 9, (len(scene.things), 3)).astype(np.float32),
        seed=int(rng.integers(1 << 30)),
    )


def _background_colour(rng, objects, near=None):
    """A muted colour at a distance from every object's colour."""
    best, best_distance = None, -1.0
    for _ in range(12):
        grey = rng.uniform(28, 226)
        colour = np.clip(grey + rng.normal(0, 16, 3), 8, 245).astype(np.float32)
        if near is not None:
            colour = near + np.clip(colour - near, -38, 38)
        distance = np.sqrt(((objects - colour) ** 2).sum(1)).min()
        if distance > best_distance:
            best, best_distance = colour, distance
        if distance > 105:
            break
    return best


def draw(scene, look, times, width, height):
    """(len(times), height, width, 3) uint8."""
    frames = np.empty((len(times), height, width, 3), np.float32)
    frames[:] = _background(scene, look, width, height)
    shake = np.random.default_rng(look.seed).normal(0, look.shake, (len(times), 2)).astype(np.float32)
    poses = [pose_at(thing, times) for thing in scene.things]
    depth = sorted(range(len(poses)), key=lambda i: 0 if "behind" in scene.things[i].action_names() else 1)
    for frame, (dx, dy) in zip(range(len(times)), shake):
        for index in depth:
            if poses[index].visible[frame]:
                _stamp(frames[frame], scene, look, index, poses[index], frame, dx, dy)
    if look.grain:
        start = look.seed % (len(_GRAIN) // 2)
        noise = np.resize(_GRAIN[start:], frames.shape[:3])
        frames += look.grain * noise[..., None]
    return np.clip(frames + 0.5, 0, 255).astype(np.uint8)


def _background(scene, look, width, height):
    x = ((np.arange(width, dtype=np.float32) + 0.5) / width * scene.width)[None, :]
    y = ((np.arange(height, dtype=np.float32) + 0.5) / height * scene.height)[:, None]
    canvas = np.broadcast_to(look.colour, (height, width, 3))
    if look.kind == "gradient":
        slope = np.cos(look.angle) * (x / scene.width - 0.5) + np.sin(look.angle) * (y / scene.height - 0.5)
        mix = np.clip(slope + 0.5, 0, 1)[..., None]
        canvas = canvas * (1 - mix) + look.second * mix
    elif look.kind == "textured":
        waves = np.zeros((height, width), np.float32)
        for kx, ky, phase, strength in look.pattern:
            wave = np.sin(kx * x + ky * y + phase)
            waves += strength * (np.tanh(4 * wave) if look.checks else wave)
        canvas = canvas + waves[..., None]
    return canvas


def _stamp(image, scene, look, index, pose, frame, dx, dy):
    """Paints one object, with its soft shadow, over the image (in place)."""
    height, width = image.shape[:2]
    scale_x, scale_y = width / scene.width, height / scene.height
    cx, cy, radius = pose.x[frame] + dx, pose.y[frame] + dy, pose.radius[frame]
    reach = radius * (1.25 + 0.35 * (look.shadow > 0)) + 1.5 / min(scale_x, scale_y)
    left, right = max(0, int((cx - reach) * scale_x)), min(width, int((cx + reach) * scale_x) + 2)
    top, bottom = max(0, int((cy - reach) * scale_y)), min(height, int((cy + reach) * scale_y) + 2)
    if left >= right or top >= bottom:
        return
    x = ((np.arange(left, right, dtype=np.float32) + 0.5) / scale_x - cx)[None, :] / radius
    y = ((np.arange(top, bottom, dtype=np.float32) + 0.5) / scale_y - cy)[:, None] / radius
    shape = SHAPES[scene.things[index].shape]
    turn = pose.turn[frame]
    patch = image[top:bottom, left:right]
    if look.shadow:
        shade = np.clip(0.5 - shape(*_turned(x - 0.1, y - 0.16, turn)) / 0.3, 0, 1) * look.shadow
        patch *= 1 - shade[..., None]
    softness = np.sqrt(scale_x * scale_y) * radius
    alpha = np.clip(0.5 - shape(*_turned(x, y, turn)) * softness, 0, 1)[..., None]
    colour = np.array(COLOURS[scene.things[index].colour], np.float32) + look.tints[index]
    light = 1 + look.shading * np.clip(-0.5 * x - 0.8 * y, -1, 1)[..., None]
    patch += alpha * (np.clip(colour * light, 0, 255) - patch)


def _turned(x, y, angle):
    c, s = np.cos(angle), np.sin(angle)
    return c * x + s * y, c * y - s * x
