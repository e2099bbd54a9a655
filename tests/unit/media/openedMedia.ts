/** What tests ask of a file in one line each: it is opened as the program opens it. */
import { type OpenedMedia, openMedia } from '../../../src/main/media/openMedia.ts';

type Ask<K extends 'framesAt' | 'sampledFrames' | 'sound' | 'scenes' | 'thumbnails'> = Parameters<OpenedMedia[K]>;

export const factsOf = async (file: string) => (await openMedia(file)).facts;
export const framesAt = async (file: string, ...ask: Ask<'framesAt'>) => (await openMedia(file)).framesAt(...ask);
export const sampledFrames = async (file: string, ...ask: Ask<'sampledFrames'>) =>
  (await openMedia(file)).sampledFrames(...ask);
export const soundOf = async (file: string, ...ask: Ask<'sound'>) => (await openMedia(file)).sound(...ask);
export const scenesOf = async (file: string, ...ask: Ask<'scenes'>) => (await openMedia(file)).scenes(...ask);
export const thumbnailsOf = async (file: string, ...ask: Ask<'thumbnails'>) =>
  (await openMedia(file)).thumbnails(...ask);
