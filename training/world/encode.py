"""Real video files: scenes and waveforms to H.264 + AAC and back, through ffmpeg."""

import shutil
import subprocess
import tempfile
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np

from .draw import draw
from .scene import SECONDS

QUIET = ["-hide_banner", "-loglevel", "error", "-nostdin"]


def ffmpeg():
    path = shutil.which("ffmpeg")
    if not path:
        raise SystemExit("ffmpeg was not found: install it to encode clips")
    return path


def scene_frames(scene, look, fps, width, height):
    """Yields the RGB frames of one scene as bytes, a second at a time."""
    total = round(SECONDS * fps)
    for chunk, start in enumerate(range(0, total, fps_whole := max(1, round(fps)))):
        times = np.arange(start, min(start + fps_whole, total)) / fps
        yield draw(scene, replace(look, seed=look.seed + chunk), times, width, height).tobytes()


def write_mp4(path, chunks, sound, *, fps, width, height, rate=48000, crf=20, preset="medium", kbps=96, channels=1):
    """Encodes chunks of RGB bytes and a mono waveform in [-1, 1] at `rate` Hz (None: no audio track)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [ffmpeg(), *QUIET[:3], "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
                   "-s", f"{width}x{height}", "-r", str(fps), "-i", "-"]
        if sound is not None:
            file = Path(folder) / "sound.wav"
            _write_wav(file, sound, rate)
            command += ["-i", str(file), "-c:a", "aac", "-b:a", f"{kbps}k", "-ac", str(channels)]
        command += ["-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-pix_fmt", "yuv420p", "-threads", "1",
                    "-movflags", "+faststart", "-fflags", "+bitexact", "-map_metadata", "-1", str(path)]
        encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
        assert encoder.stdin is not None  # a pipe, as asked for
        for chunk in chunks:
            encoder.stdin.write(chunk)
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise RuntimeError(f"ffmpeg could not write {path}")


def _write_wav(path, samples, rate):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def read_frames(path, width, height):
    """All frames as stored: (n, height, width, 3) uint8."""
    raw = subprocess.run([ffmpeg(), *QUIET, "-i", str(path), "-map", "0:v:0", "-fps_mode", "passthrough",
                          "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


def read_waveform(path, rate=16000):
    """The audio track as mono float32 at `rate` Hz."""
    raw = subprocess.run([ffmpeg(), *QUIET, "-i", str(path), "-map", "0:a:0", "-ac", "1", "-ar", str(rate),
                          "-f", "f32le", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.float32)
