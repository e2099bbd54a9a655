/** How many tokens a connector makes of the frames of a look. */
import type { ConnectorType } from './manifestParts.ts';

/** How a connector gathers patches over time, height and width; its stride is its kernel, so that windows never overlap. */
export interface TokenWindow {
  kernel: [time: number, height: number, width: number];
  /** Of zeros, on every side. */
  padding: number;
}

/**
 * Those that look at the frames in their order; the others take the mean of all frames.
 * Source: VideoLLaMA2 `model/projector.py`.
 */
export const tokenWindows = {
  stc_connector: { kernel: [2, 2, 2], padding: 1 },
  stc_connector_v35: { kernel: [2, 2, 2], padding: 0 },
  stp_connector: { kernel: [2, 2, 2], padding: 0 },
  spatial_conv: { kernel: [1, 2, 2], padding: 1 },
  spatial_pool: { kernel: [1, 2, 2], padding: 0 },
} satisfies Partial<Record<ConnectorType, TokenWindow>>;

/** L of `video_tokens` for T frames of `grid` × `grid` patches. */
export function videoTokens(type: ConnectorType, frames: number, grid: number): number {
  const window: TokenWindow | undefined = tokenWindows[type as keyof typeof tokenWindows];
  if (!window) return grid * grid;
  const [time, height, width] = window.kernel;
  return windowsOf(frames, time, window) * windowsOf(grid, height, window) * windowsOf(grid, width, window);
}

export function windowsOf(size: number, kernel: number, { padding }: Pick<TokenWindow, 'padding'>): number {
  return Math.floor((size + 2 * padding) / kernel);
}
