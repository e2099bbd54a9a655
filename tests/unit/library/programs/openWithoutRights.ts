/** Opens the library in argv[2] as somebody who may not write there, and prints the error. */
import { PlayheadError } from '../../../../src/contract/index.ts';
import { createLibrary } from '../../../../src/main/library/createLibrary.ts';

// Warm up: the native parts are loaded while they may be read.
await createLibrary({ folder: process.argv[3] as string }).close();
if (process.getuid?.() === 0) process.setuid?.(65534);
try {
  createLibrary({ folder: process.argv[2] as string });
} catch (error) {
  process.stdout.write(JSON.stringify(error instanceof PlayheadError ? error.toInfo() : String(error)));
}
