"""Where an object is at each moment: its script turned into position, radius, turn, visibility."""

from dataclasses import dataclass

import numpy as np

from .scene import DIRECTIONS

BOUNCE_HEIGHT = 0.4  # units


@dataclass
class Pose:
    """Arrays over times: x, y, radius (units), turn (radians), visible (0 or 1)."""

    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray
    turn: np.ndarray
    visible: np.ndarray


def pose_at(thing, times):
    """The pose of `thing` at `times` (seconds, array)."""
    times = np.asarray(times, np.float32)
    ones = np.ones_like(times)
    pose = Pose(thing.x * ones, thing.y * ones, thing.radius * ones, thing.turn * ones, ones.copy())
    for act in thing.acts:
        progress = np.clip((times - act.start) / (act.end - act.start), 0, 1)
        _apply(act, progress, times, pose)
    return pose


def _apply(act, progress, times, pose):
    if act.name in DIRECTIONS:
        dx, dy = DIRECTIONS[act.name]
        scale = act.amount / (1.15 if dx and dy else 1.0)
        pose.x += dx * scale * progress
        pose.y += dy * scale * progress
    elif act.name == "behind":
        pose.x += act.amount * progress
    elif act.name in ("grow", "shrink"):
        pose.radius *= act.amount ** progress
    elif act.name == "spin":
        pose.turn += act.amount * progress
    elif act.name == "blink":  # each blink: shown, then hidden for as long
        phase = progress * act.amount
        hidden = (phase % 1.0 >= 0.5) & (progress < 1) & (progress > 0)
        pose.visible *= ~hidden
    elif act.name == "appear":
        pose.visible *= times >= act.start
    elif act.name == "vanish":
        pose.visible *= times < act.start
    elif act.name == "bounce":  # falls, and springs back up
        pose.y += BOUNCE_HEIGHT * (1 - np.abs(np.cos(np.pi * act.amount * progress)) ** 1.3)


def path_box(thing):
    """left, top, right, bottom (units) of everything the object covers in the clip."""
    pose = pose_at(thing, np.linspace(0, 4, 41))
    reach = pose.radius * 1.12
    return (pose.x - reach).min(), (pose.y - reach).min(), (pose.x + reach).max(), (pose.y + reach).max()
