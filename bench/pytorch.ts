/** The reference stack (peers/reference.py) in a process of its own: one line of JSON for each answer. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface ReferencePrompt {
  /** Token ids in front of and behind the video. */
  before: readonly number[];
  after: readonly number[];
  newTokens: number;
}

export interface ReferenceAnswer {
  /** Per stage. */
  seconds: Record<string, number>;
  tokens: number[];
}

export interface Reference {
  answer(prompt: ReferencePrompt): Promise<ReferenceAnswer>;
  stop(): void;
}

export interface RawFrames {
  /** RGB, one frame after the other. */
  file: string;
  count: number;
  height: number;
  width: number;
}

/** There is no Python that can run the reference: its rows are left out. */
export class NoReference extends Error {}

const script = fileURLToPath(new URL('./peers/reference.py', import.meta.url));

/**
 * @param python a Python with torch, transformers, timm and Pillow
 * @throws NoReference with Python's last words when it has not
 */
export async function startReference(
  python: string,
  checkpointFolder: string,
  { file, count, height, width }: RawFrames,
  threads: number,
): Promise<Reference> {
  const args = [script, checkpointFolder, file, ...[count, height, width, threads].map(String)];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = linesOf(child);
  // {"ready": true}
  await lines.next().catch((error: Error) => {
    throw new NoReference(`PyTorch is left out, ${python} cannot run it: ${error.message}`);
  });
  return {
    async answer(prompt) {
      child.stdin.write(`${JSON.stringify(prompt)}\n`);
      return JSON.parse(await lines.next()) as ReferenceAnswer;
    },
    stop: () => void child.kill(),
  };
}

function linesOf(child: ChildProcessByStdio<Writable, Readable, Readable>) {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => {}); // a process that has ended says why on stderr
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => {});
  return {
    async next(): Promise<string> {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done) throw new Error(complaint.trim().split('\n').at(-1) || 'Python ended without a word');
      return value;
    },
  };
}
