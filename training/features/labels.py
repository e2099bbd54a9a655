"""Dense labels: what each patch, each cell of a frame pair, and each moment of sound holds."""

import numpy as np

from ..world.motion import pose_at
from ..world.palette import COLOUR_NAMES, SHAPE_NAMES, SHAPES, TURNS_ALIKE
from ..world.questions_video import telling_order
from ..world.scene import ACTIONS
from .codes import AUDIO_GROUPS, VIDEO_GROUPS

GRID = 8  # patches per side of a frame; the connector halves it
NOT_TOLD = 3  # a caption tells of at most three things
_FINE = 32  # sampling points per side for coverage


def coverage(scene, poses, frames):
    """(things, frames, 32, 32) bool: which points of the frame each thing covers, occlusion resolved."""
    points = (np.arange(_FINE, dtype=np.float32) + 0.5) / _FINE
    xs, ys = points * scene.width, points * scene.height
    covered = np.zeros((len(poses), frames, _FINE, _FINE), bool)
    for index, (thing, pose) in enumerate(zip(scene.things, poses)):
        shape = SHAPES[thing.shape]
        for frame in np.flatnonzero(pose.visible):
            x, y, r, turn = pose.x[frame], pose.y[frame], pose.radius[frame], pose.turn[frame]
            left, right = np.searchsorted(xs, (x - 1.2 * r, x + 1.2 * r))
            top, bottom = np.searchsorted(ys, (y - 1.2 * r, y + 1.2 * r))
            dx, dy = (xs[None, left:right] - x) / r, (ys[top:bottom, None] - y) / r
            c, s = np.cos(turn), np.sin(turn)
            covered[index, frame, top:bottom, left:right] = shape(c * dx + s * dy, c * dy - s * dx) < 0
    for index, thing in enumerate(scene.things):
        for act in thing.acts:
            if act.name == "behind":
                covered[index] &= ~covered[act.other]
    return covered


def _shares(covered, grid):
    """Mean coverage per grid cell: (things, frames, grid, grid)."""
    step = _FINE // grid
    return covered.reshape(*covered.shape[:2], grid, step, grid, step).mean((3, 5))


def patch_labels(scene, poses, covered):
    """(frames, 8, 8, 2) shape and colour per patch: index, -1 empty, -2 unsure."""
    owner, most = _owners(covered)
    looks = np.array([[SHAPE_NAMES.index(t.shape), COLOUR_NAMES.index(t.colour)] for t in scene.things])
    labels = looks[owner]
    labels[most < 0.02] = -1
    labels[(most >= 0.02) & (most < 0.15)] = -2
    return labels


def patch_geometry(scene, poses, covered):
    """(frames, 8, 8, 21): covered points (4×4); the way to the owner's centre (x, y) and its radius, in units;
    cosine and sine of its turn, times its symmetry.

    Teaches the tower to group the patches of one thing before it can name its shape.
    """
    owner, most = _owners(covered)
    step = _FINE // GRID
    mask = covered.any(0).reshape(-1, GRID, step, GRID, step).transpose(0, 1, 3, 2, 4).reshape(-1, GRID, GRID, step * step)
    centre = (np.arange(GRID) + 0.5) / GRID
    frame = np.arange(len(owner))[:, None, None]
    x, y, r = (np.stack([getattr(p, key) for p in poses])[owner, frame] for key in ("x", "y", "radius"))
    away = np.stack([x - centre[None, None, :] * scene.width, y - centre[None, :, None] * scene.height, r], -1)
    turned = np.stack([_orientation(t, p) for t, p in zip(scene.things, poses)])[owner, frame]
    about_owner = np.where(most[..., None] > 0.02, np.concatenate([away, turned], -1), np.nan)
    return np.concatenate([mask, about_owner], -1).astype(np.float32)


def _orientation(thing, pose):
    """(frames, 2), the same for turns that look the same; unknown for round things."""
    angle = pose.turn * TURNS_ALIKE.get(thing.shape, np.nan)
    return np.stack([np.cos(angle), np.sin(angle)], 1)


def _owners(covered):
    """Of every patch, the thing that covers most of it, and what share of the patch that is."""
    share = _shares(covered, GRID)
    return share.argmax(0), share.max(0)


def cell_labels(scene, poses, covered):
    """(frames / 2, 4, 4, groups) for every pair of frames, in the order of VIDEO_GROUPS.

    Motion is local: what changes between the two frames of the pair.
    """
    owner, most = _cell_owners(covered)
    pairs = owner.shape[0]
    table = np.stack([_thing_labels(t, p) for t, p in zip(scene.things, poses)])  # (things, pairs, groups)
    labels = table[owner, np.arange(pairs)[:, None, None]]
    empty = list(VIDEO_GROUPS).index("empty")
    labels[most < 0.01] = -1
    labels[most < 0.01, empty] = 0
    labels[(most >= 0.01) & (most < 0.08)] = -2
    return labels


def _cell_owners(covered):
    """Of every cell of every pair of frames (pairs, 4, 4), the thing that covers most of it, and how much that is."""
    share = _shares(covered, GRID // 2)
    share = np.maximum(share[:, 0::2], share[:, 1::2])  # (things, pairs, 4, 4)
    return share.argmax(0), share.max(0)


def story_labels(scene, covered):
    """(64, 4) for every cell of every pair: what its thing does in this half, what it did in the first half (both as
    index of ACTIONS), whether the cell is the first to show its thing (1 or 0), and as which the caption tells of
    it (0, 1, 2; NOT_TOLD if only with another); -1: empty or not to be known.

    Deeds are known only where a half ends, and the caption at the end: what is read in order cannot be known before.
    """
    owner, most = _cell_owners(covered)
    owner = np.where(most > 0.08, owner, -1).reshape(4, -1)
    done = np.full((len(scene.things), 2), ACTIONS.index("stay"))
    for index, thing in enumerate(scene.things):
        for act in thing.acts:
            done[index, {"first": [0], "second": [1], "all": [0, 1]}[act.half]] = ACTIONS.index(act.name)
    labels = np.full((*owner.shape, 4), -1)
    for half, pair in enumerate((1, 3)):
        labels[pair, :, 0] = np.where(owner[pair] >= 0, done[owner[pair], half], -1)
    labels[3, :, 1] = np.where(owner[3] >= 0, done[owner[3], 0], -1)
    labels[3, :, 3] = np.where(owner[3] >= 0, _places_in_caption(scene)[owner[3]], -1)
    flat, owners = labels.reshape(-1, 4), owner.flatten()
    flat[owners >= 0, 2] = 0
    flat[[np.flatnonzero(owners == index)[0] for index in set(owners[owners >= 0])], 2] = 1
    return flat


def _places_in_caption(scene):
    acting, still = telling_order(scene)
    told = [id(thing) for thing in (*acting, *still)]
    return np.array([told.index(id(thing)) if id(thing) in told else NOT_TOLD for thing in scene.things])


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
    return video_labels_and_geometry(scene, times)[:2]


def cells_and_story(scene, times):
    """Cell labels, and the story of the things in the cells, of the eight frames at `times`."""
    poses = [pose_at(thing, times) for thing in scene.things]
    covered = coverage(scene, poses, len(times))
    return cell_labels(scene, poses, covered), story_labels(scene, covered)


def video_labels_and_geometry(scene, times):
    poses = [pose_at(thing, times) for thing in scene.things]
    covered = coverage(scene, poses, len(times))
    return patch_labels(scene, poses, covered), cell_labels(scene, poses, covered), patch_geometry(scene, poses, covered)


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
