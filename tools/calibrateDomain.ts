/**
 * node tools/calibrateDomain.ts <bundle folder> <folder of clips>
 * Measures which footage belongs to the world of a small model, and writes it into the bundle (domain.json, named in
 * the manifest). To be run again whenever the bundle has other weights.
 */
import { resolve } from 'node:path';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { calibrateBundle } from './domain/calibrateBundle.ts';

const [bundle, clips] = process.argv.slice(2);
if (bundle === undefined || clips === undefined) {
  console.error('Usage: node tools/calibrateDomain.ts <bundle folder> <folder of clips>');
  process.exit(2);
}
try {
  const count = await calibrateBundle(resolve(bundle), resolve(clips));
  console.log(`${bundle} knows its world from ${count} clips.`);
} catch (thrown) {
  console.error(`calibrateDomain: ${formatError(toErrorInfo(thrown))}`);
  process.exitCode = 1;
}
