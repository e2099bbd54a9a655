/** What keeps a processor busy without a program of its own, and is done in the thread of this room. */
import { readHeifPixels, readHeifSize } from '../pictures/heifFile.ts';
import { readCues } from '../subtitles/readCues.ts';

export const mediaTasks = { readCues, readHeifSize, readHeifPixels };

export type MediaTasks = typeof mediaTasks;
export type MediaTaskName = keyof MediaTasks;
