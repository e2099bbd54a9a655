"""Dense labels: what each patch, each cell of a frame pair, and each moment of sound holds."""

import numpy as np

from ..world.motion import pose_at
from ..world.palette import COLOUR_NAMES, SHAPE_NAMES
from .codes import AUDIO_GROUPS, VIDEO_GROUPS

GRID = 8  # patches per side of a frame; the connector halves it
_FINE = 32  # sampling points per side for coverage


def coverage(scene, poses, frames):
    """(things, frames, 32, 32) bool: which points of the frame each thing covers (as a disc), occlusion resolved."""
    points = (np.arange(_FINE, dtype=np.float32) + 0.5) / _FINE
    x, y = points[None, None, :] * scene.width, points[None, :, None] * scene.height
    covered = np.zeros((len(poses), frames, _FINE, _FINE), bool)
    for index, pose in enumerate(poses):
        reach = 0.9 * pose.radius[:, None, None]
        inside = (x - pose.x[:, None, None]) ** 2 + (y - pose.y[:, None, None]) ** 2 < reach**2
        covered[index] = inside & (pose.visible[:, None, None] > 0)
    for index, thing in enumerate(scene.things):
        for act in thing.acts:
            if act.name == "behind":
                covered[index] &= ~covered[act.other]
    return covered


def _shares(covered, grid):
    """Mean coverage per grid cell: (things, frames, grid, grid)."""
    step = _FINE // grid
    return covered.reshape(*covered.shape[:2], grid, step, grid, step).mean((3, 5))


def patch_labels(scene, covered):
    """(frames, 8, 8, 2) shape and colour per patch: index, -1 empty, -2 unsure."""
    share = _shares(covered, GRID)
    owner, most = share.argmax(0), share.max(0)
    looks = np.array([[SHAPE_NAMES.index(t.shape), COLOUR_NAMES.index(t.colour)] for t in scene.things])
    labels = looks[owner]
    labels[most < 0.02] = -1
    labels[(most >= 0.02) & (most < 0.25)] = -2
    return labels


def cell_labels(scene, poses, covered):
    """(frames / 2, 4, 4, groups) for every pair of frames, in the order of VIDEO_GROUPS.

    Motion is local: what changes between the two frames of the pair.
    """
    share = _shares(covered, GRID // 2)
    share = np.maximum(share[:, 0::2], share[:, 1::2])  # (things, pairs, 4, 4)
    owner, most = share.argmax(0), share.max(0)
    pairs = owner.shape[0]
    table = np.stack([_thing_labels(t, p) for t, p in zip(scene.things, poses)])  # (things, pairs, groups)
    labels = table[owner, np.arange(pairs)[:, None, None]]
    empty = list(VIDEO_GROUPS).index("empty")
    labels[most < 0.01] = -1
    labels[most < 0.01, empty] = 0
    labels[(most >= 0.01) & (most < 0.1)] = -2
    return labels


def _thing_labels(thing, pose):
    """(pairs, groups) for one thing."""
    a, b = slice(0, None, 2), slice(1, None, 2)
    pairs = len(pose.x) // 2
    labels = np.full((pairs, len(VIDEO_GROUPS)), -1)
    labels[:, 0] = SHAPE_NAMES.index(thing.shape)
    labels[:, 1] = COLOUR_NAMES.index(thing.colour)
    radius = (pose.radius[a] + pose.radius[b]) / 2
    labels[:, 2] = np.where(radius > 0.165, 1, np.where(radius < 0.14, 0, -2))
    labels[:, 3] = _sign(pose.x[b] - pose.x[a], 0.012, 0.03)
    labels[:, 4] = _sign(pose.y[b] - pose.y[a], 0.012, 0.03)
    labels[:, 5] = _sign(np.log(pose.radius[a] / pose.radius[b]), 0.02, 0.06)
    turned = np.abs(pose.turn[b] - pose.turn[a])
    labels[:, 6] = np.where(turned > 0.15, 0, np.where(turned < 0.03, -1, -2))
    shown = pose.visible[b] - pose.visible[a]
    labels[:, 7] = np.where(shown > 0, 0, np.where(shown < 0, 1, -1))
    labels[shown != 0, 3:7] = -2
    return labels


def _sign(change, nothing, something):
    """0 for a fall, 1 for a rise, -1 for none, -2 in between."""
    size = np.abs(change)
    return np.where(size < nothing, -1, np.where(size < something, -2, (change > 0).astype(int)))


def video_labels(scene, times):
    """(patch labels, cell labels) for frames at `times` (seconds; an even number of them)."""
    poses = [pose_at(thing, times) for thing in scene.things]
    covered = coverage(scene, poses, len(times))
    return patch_labels(scene, covered), cell_labels(scene, poses, covered)


def audio_labels(sounds, steps, step_seconds):
    """(steps, groups) in the order of AUDIO_GROUPS: the sound of each moment, its count so far, its place."""
    kinds = AUDIO_GROUPS["kind"]
    labels = np.full((steps, 3), -1)
    labels[:, 0] = kinds.index("quiet")
    for step in range(steps):
        start, end = step * step_seconds, (step + 1) * step_seconds
        for place, event in enumerate(sounds):
            overlap = min(end, event.end) - max(start, event.start)
            if overlap <= 0.02:
                continue
            labels[step] = kinds.index(event.kind), -1, place
            if event.count:
                # an onset too near the end of the step to be told from the next one's
                heard = sum(onset < end - 0.03 for onset in event.onsets)
                unsure = any(abs(onset - (end - 0.03)) < 0.025 for onset in event.onsets)
                labels[step, 1] = -2 if unsure or heard == 0 else heard - 1
            if overlap < 0.06:
                labels[step] = -2
    return labels
