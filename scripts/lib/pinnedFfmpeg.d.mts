export const ffmpegPins: Record<string, string>;
export function checkDownloadedFfmpeg(folder: string, target?: string, pins?: Record<string, string>): string | null;
