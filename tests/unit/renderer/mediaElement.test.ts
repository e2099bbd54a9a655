import { beforeEach, describe, expect, it } from 'vitest';
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

  load(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('loadedmetadata'));
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

  it('plays faster with each further press, and at normal speed after a pause', () => {
    for (let i = 0; i < 3; i++) media.faster();
    expect(video.playbackRate).toBe(2);
    media.pause();
    expect(video.playbackRate).toBe(1);
  });

  it('tells a file that cannot be played from one whose picture alone is missing', () => {
    video.videoWidth = 0;
    video.load();
    expect(media.trouble.value).toBe('no-picture');
    video.dispatchEvent(new Event('error'));
    expect(media.trouble.value).toBe('none');
  });
});
