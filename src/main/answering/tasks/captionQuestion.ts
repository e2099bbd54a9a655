import type { Clip } from '../../ports/modelHostApi.ts';

/** Asks for what a caption should say, in the words that the reference's captioning data use. */
export function captionQuestion(clip: Pick<Clip, 'kind'>): string {
  if (clip.kind === 'audio') return 'Describe the sound.';
  return clip.kind === 'image' ? 'Describe the picture.' : 'Describe the video.';
}
