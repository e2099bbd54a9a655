/** A file's facts as short lines. */
import type { MediaItem } from '../../contract/media.ts';
import { formatBytes } from '../../contract/wording.ts';

/** Under the name on a card: "1280 × 720 · 14 MB". */
export function mediaFacts(item: MediaItem): string {
  const facts = item.width > 0 ? [`${item.width} × ${item.height}`] : [];
  if (item.kind === 'audio') facts.push('Sound');
  if (item.kind === 'image') facts.push('Picture');
  return [...facts, formatBytes(item.sizeBytes)].join(' · ');
}

/** All of them, by name. */
export function allMediaFacts(item: MediaItem): { name: string; value: string }[] {
  const facts = [
    { name: 'Picture', value: item.width > 0 ? `${item.width} × ${item.height}` : '' },
    {
      name: 'Frames',
      value: item.fps > 0 && item.kind === 'video' ? `${Math.round(item.fps * 100) / 100} per second` : '',
    },
    { name: 'Codec', value: item.videoCodec ?? '' },
    { name: 'Sound', value: item.kind === 'image' ? '' : item.hasAudio ? 'yes' : 'none' },
    { name: 'Size', value: formatBytes(item.sizeBytes) },
    { name: 'Segments', value: item.segmentCount > 0 ? String(item.segmentCount) : '' },
    { name: 'Path', value: item.path },
  ];
  return facts.filter((fact) => fact.value !== '');
}
