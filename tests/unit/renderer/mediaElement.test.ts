import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useMediaElement } from '../../../src/renderer/composables/useMediaElement.ts';

/** As much of a <video> as the player uses. */
class FakeVideo extends EventTarget {
  currentTime = 0;
  duration = 60;
  readyState = 0;
  playbackRate = 1;
  seeking = false;
  videoWidth = 640;
  volume = 1;
  muted = false;

  load(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('loadedmetadata'));
    this.dispatchEvent(new Event('timeupdate')); // it is where it was sent
  }
  async play(): Promise<void> {
    this.dispatchEvent(new Event('play'));
  }
  pause(): void {
    this.dispatchEvent(new Event('pause'));
  }
  runTo(sec: number): void {
    this.currentTime = sec;
    this.dispatchEvent(new Event('timeupdate'));
  }
}

describe('the media element', () => {
  let video: FakeVideo;
  let media: ReturnType<typeof useMediaElement>;
  beforeEach(async () => {
    video = new FakeVideo();
    media = useMediaElement();
    media.reset(60, 12.5);
    media.element.value = video as unknown as HTMLVideoElement;
    await nextTick();
  });

  it('stands at the wanted moment as soon as the file is open', () => {
    expect(video.currentTime).toBe(0);
    video.load();
    expect(video.currentTime).toBe(12.5);
    media.seekBy(-20);
    expect(media.timeSec.value).toBe(0);
  });

  it('begins at 0, also where the file itself begins at 30 s', () => {
    video.currentTime = 30; // as Chromium does before anybody moved it
    video.duration = 90;
    video.load();
    expect([video.currentTime, media.timeSec.value]).toEqual([42.5, 12.5]);
    video.runTo(44);
    expect(media.timeSec.value).toBe(14);
    media.seek(50);
    expect(video.currentTime).toBe(80);
  });

  it('begins at 0 there, also where the element learns of its beginning after its facts', () => {
    video.readyState = 1;
    video.dispatchEvent(new Event('loadedmetadata'));
    expect(video.currentTime).toBe(12.5);
    video.runTo(30); // before its beginning it does not go
    expect([video.currentTime, media.timeSec.value]).toEqual([42.5, 12.5]);
    video.runTo(42.5);
    video.runTo(44);
    expect(media.timeSec.value).toBe(14);
  });

  it('plays a stretch and stops at its end, but not after a seek away from it', () => {
    video.load();
    media.playRange({ startSec: 5, endSec: 8 });
    expect([video.currentTime, media.isPlaying.value]).toEqual([5, true]);
    video.runTo(8.1);
    expect(media.isPlaying.value).toBe(false);
    media.playRange({ startSec: 5, endSec: 8 });
    media.seek(20);
    video.runTo(21);
    expect(media.isPlaying.value).toBe(true);
  });

  it('plays faster with each further press of L, and at the usual speed after a pause', () => {
    for (let i = 0; i < 3; i++) media.drive(1);
    expect(video.playbackRate).toBe(2);
    media.pause();
    expect(video.playbackRate).toBe(1);
    media.setUsualRate(0.5);
    media.drive(1);
    expect(video.playbackRate).toBe(0.5);
  });

  it('goes back still by still after J, the next one only when the last one is there, and stops with K', async () => {
    vi.useFakeTimers();
    video.load();
    media.seek(20);
    media.drive(-1);
    expect([media.isPlaying.value, media.reverseSpeed.value]).toEqual([false, 1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(video.currentTime).toBeCloseTo(19, 1);
    video.seeking = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(video.currentTime).toBeCloseTo(19, 1);
    video.seeking = false;
    await vi.advanceTimersByTimeAsync(100);
    expect(video.currentTime).toBeLessThan(18);
    media.toggle();
    const stoppedAt = video.currentTime;
    await vi.advanceTimersByTimeAsync(1000);
    expect(video.currentTime).toBe(stoppedAt);
    vi.useRealTimers();
  });

  it('begins a stretch again at its end while it loops', () => {
    video.load();
    media.isLooping.value = true;
    media.playRange({ startSec: 5, endSec: 8 });
    video.runTo(8.1);
    expect([media.isPlaying.value, video.currentTime]).toEqual([true, 5]);
    media.isLooping.value = false;
    video.runTo(8.1);
    expect(media.isPlaying.value).toBe(false);
  });

  it('steps to the middle of the neighbouring frame', () => {
    video.load();
    media.seek(10);
    media.stepFrame(1, 25);
    expect(video.currentTime).toBeCloseTo(10.06);
    media.stepFrame(-1, 25);
    expect(video.currentTime).toBeCloseTo(10.02);
  });

  it('is as loud as was chosen, and silent while it is muted', async () => {
    media.setVolume(0.4);
    await nextTick();
    expect([video.volume, video.muted]).toEqual([0.4, false]);
    media.toggleMute();
    await nextTick();
    expect(video.muted).toBe(true);
    media.setVolume(1);
  });

  it('tells a file that cannot be played from one whose picture alone is missing', () => {
    video.videoWidth = 0;
    video.load();
    expect(media.trouble.value).toBe('no-picture');
    video.dispatchEvent(new Event('error'));
    expect(media.trouble.value).toBe('none');
  });
});
