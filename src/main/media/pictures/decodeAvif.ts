import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { RgbaImage } from './convertPixels.ts';

interface LibAvif {
  decode(file: Uint8Array, bitDepth: number): RgbaImage | null;
}

const packages = createRequire(import.meta.url);
let loading: Promise<LibAvif> | undefined;

/** The picture upright, tiles joined. @returns null when nothing can be read */
export async function decodeAvif(file: Uint8Array): Promise<(RgbaImage & { turns: number }) | null> {
  loading ??= load();
  const image = (await loading).decode(file, 8);
  return image && { ...image, turns: quarterTurns(file) };
}

async function load(): Promise<LibAvif> {
  const wasmBinary = await readFile(packages.resolve('@jsquash/avif/codec/dec/avif_dec.wasm'));
  const { default: start } = await import('@jsquash/avif/codec/dec/avif_dec.js');
  provideImageData();
  return (await start({ noInitialRun: true, wasmBinary })) as LibAvif;
}

/** The package is made for browsers, whose `ImageData` it returns. */
function provideImageData(): void {
  const scope = globalThis as { ImageData?: unknown };
  scope.ImageData ??= class {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data;
      this.width = width;
      this.height = height;
    }
  };
}

/** How often the picture is to be turned by 90° to the left (the `irot` property, ISO/IEC 23008-12, 6.5.10). */
function quarterTurns(file: Uint8Array): number {
  const at = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, 64 * 1024)).indexOf('irot');
  return at < 0 ? 0 : (file[at + 4] as number) & 3;
}
