/** One file that unpacks itself and runs the bench: Node, ONNX Runtime's libraries, the built program. */
import { chmod, copyFile, cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { build } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const modules = here('../../node_modules/');

/** The first lines of the file. What follows them is an archive. */
const unpacking = `#!/bin/sh
# Playhead's measurement of a graphics adapter: sh this file [--layers 2] [--small] [--out table.md]
# It unpacks itself into a temporary folder, which is removed at the end, and uses no network.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if command -v xz > /dev/null; then unpack='xz -dc'
else unpack='python3 -c "import lzma,shutil,sys; shutil.copyfileobj(lzma.open(sys.stdin.buffer), sys.stdout.buffer)"'; fi
sed '1,/^ARCHIVE$/d' "$0" | eval "$unpack" | tar -xf - -C "$folder"
code=0
"$folder/node" "$folder/bench.mjs" "$@" || code=$?
exit $code
ARCHIVE
`;

/** @param file where it is written; for the system and processor of this machine, which has `tar` and `xz` */
export async function pack(file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-pack-'));
  try {
    await buildProgram(folder);
    await copyFile(process.execPath, join(folder, 'node'));
    await copyRuntime(folder);
    const archive = 'tar -cf - -C "$FOLDER" . | xz -T0 -6';
    await execa('sh', ['-c', `{ printf '%s' "$HEAD"; ${archive}; } > "$FILE"`], {
      env: { HEAD: unpacking, FOLDER: folder, FILE: file },
    });
    await chmod(file, 0o755);
    console.log(`${file}: ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything of ours in one file; ONNX Runtime stays a package, since it finds its libraries by its own place. */
async function buildProgram(folder: string): Promise<void> {
  await build({
    ...{ configFile: false, logLevel: 'warn', root: here('.') },
    ssr: { noExternal: true, external: ['onnxruntime-node'] },
    build: {
      ...{ ssr: here('run.ts'), outDir: folder, emptyOutDir: false, target: 'node22', minify: true },
      rolldownOptions: { output: { entryFileNames: 'bench.mjs', codeSplitting: false } },
    },
  });
}

async function copyRuntime(folder: string): Promise<void> {
  const libraries = `bin/napi-v6/${platform()}/${arch()}`;
  for (const path of [
    'onnxruntime-common',
    'onnxruntime-node/dist',
    'onnxruntime-node/package.json',
    `onnxruntime-node/${libraries}`,
  ]) {
    await mkdir(dirname(join(folder, 'node_modules', path)), { recursive: true });
    await cp(join(modules, path), join(folder, 'node_modules', path), { recursive: true });
  }
}
