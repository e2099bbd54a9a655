"""Shapes and colours of the sample world.

A shape is a signed distance function: negative inside, in units of the
object's radius, over arrays of coordinates centred on the object (y down).
"""

import numpy as np

COLOURS = {
    "red": (222, 38, 38),
    "orange": (245, 130, 20),
    "yellow": (246, 216, 40),
    "green": (38, 160, 58),
    "cyan": (48, 206, 214),
    "blue": (36, 76, 222),
    "purple": (132, 44, 176),
    "pink": (250, 128, 186),
    "white": (245, 245, 245),
    "black": (14, 14, 16),
}
COLOUR_NAMES = list(COLOURS)


def circle(x, y):
    return np.hypot(x, y) - 0.95


def ring(x, y):
    return np.abs(np.hypot(x, y) - 0.72) - 0.25


def box(x, y, half_width, half_height):
    dx, dy = np.abs(x) - half_width, np.abs(y) - half_height
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return outside + np.minimum(np.maximum(dx, dy), 0)


def square(x, y):
    return box(x, y, 0.82, 0.82)


def cross(x, y):
    return np.minimum(box(x, y, 0.98, 0.33), box(x, y, 0.33, 0.98))


def polygon(x, y, corners):
    """Distance to a closed polygon given as (n, 2) corners."""
    distance = np.full(np.broadcast(x, y).shape, np.inf, np.float32)
    inside = np.zeros(distance.shape, bool)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0)):
        ex, ey = bx - ax, by - ay
        t = np.clip(((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey), 0, 1)
        distance = np.minimum(distance, np.hypot(x - ax - t * ex, y - ay - t * ey))
        if ay != by:
            crosses = (ay > y) != (by > y)
            inside ^= crosses & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return np.where(inside, -distance, distance)


def _regular(angles_degrees, radii):
    angles = np.radians(angles_degrees)
    return np.stack([np.sin(angles) * radii, -np.cos(angles) * radii], 1)


_TRIANGLE = _regular(np.arange(3) * 120, np.full(3, 1.08)) + np.array([0, 0.18])
_STAR = _regular(np.arange(10) * 36, np.where(np.arange(10) % 2 == 0, 1.08, 0.46))


def triangle(x, y):
    return polygon(x, y, _TRIANGLE)


def star(x, y):
    return polygon(x, y, _STAR)


def heart(x, y):
    """Two discs over a wedge."""
    side = np.abs(x)
    disc = np.hypot(side - 0.44, y + 0.34) - 0.5
    wedge = polygon(side, y, np.array([[0.0, 1.0], [-0.5, 0.4], [0.0, -0.42], [0.44, -0.42], [0.86, -0.06]]))
    return np.minimum(disc, wedge)


def moon(x, y):
    """A disc with a smaller disc bitten out of its right side."""
    return np.maximum(np.hypot(x, y) - 0.98, 0.80 - np.hypot(x - 0.46, y + 0.1))


SHAPES = {
    "circle": circle,
    "square": square,
    "triangle": triangle,
    "star": star,
    "heart": heart,
    "ring": ring,
    "cross": cross,
    "moon": moon,
}
SHAPE_NAMES = list(SHAPES)
LOOKS_SAME_WHEN_TURNED = ("circle", "ring")
TURNS_ALIKE = {"square": 4, "cross": 4, "triangle": 3, "star": 5, "heart": 1, "moon": 1}  # times a full turn looks the same
