/**
 * What was found when a bundle's parts were compared between two providers, kept over a restart: it holds for one
 * bundle on one device (adapter, driver, runtime), and is forgotten when any of them changes.
 *
 * A mark on the disk stands for as long as a part is looked at, or runs at a size that it did not run at before. One
 * that is found at a start tells that the process ended in the middle of it: that part is not tried again.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { ModelPartName } from '../../../../contract/parts.ts';
import { type GraphicsDevice, graphicsDeviceSchema } from '../graphicsDevice.ts';

const partSchema = z.enum([
  'vision',
  'connector',
  'audio',
  'audioProjector',
  'decoder',
  'image',
  'text',
] satisfies ModelPartName[]);

const verdictSchema = z.object({
  part: partSchema,
  isRight: z.boolean(),
  /** Why it is not, in words; null for a part that is right. */
  reason: z.string().nullable(),
  /** Of its outputs the farthest from the CPU's; null where there were none to compare. */
  difference: z.number().nullable(),
  cosine: z.number().nullable(),
  /** Of the same slice of work on both, the least of a few runs; null where it was not timed. */
  seconds: z.object({ cpu: z.number(), webgpu: z.number() }).nullable(),
  /** True where it was right with its weights multiplied in fp16, which is how it is opened then. */
  isHalf: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

const recordSchema = z.object({
  formatVersion: z.literal(3),
  bundle: z.string(),
  device: graphicsDeviceSchema,
  verdicts: z.array(verdictSchema),
});
type Kept = z.infer<typeof recordSchema>;

const markSchema = z.object({ part: partSchema, device: graphicsDeviceSchema, process: z.int() });
const markEnding = '.looking.json';

export class LookRecord {
  readonly #folder: string;
  readonly #kept: Kept;

  private constructor(folder: string, kept: Kept) {
    this.#folder = folder;
    this.#kept = kept;
  }

  /** @param bundle its fingerprint, which is a file name as well */
  static async open(folder: string, bundle: string, device: GraphicsDevice): Promise<LookRecord> {
    await mkdir(folder, { recursive: true });
    const fresh: Kept = { formatVersion: 3, bundle, device, verdicts: [] };
    const text = await readFile(join(folder, `${bundle}.json`), 'utf8').catch(() => '');
    const stored = recordSchema.safeParse(parsed(text)).data;
    const holds = stored?.bundle === bundle && isSameDevice(stored.device, device);
    const record = new LookRecord(folder, holds ? stored : fresh);
    await record.#takeMark();
    return record;
  }

  /** Null for a part that was not looked at yet. */
  verdictOf(part: ModelPartName): Verdict | null {
    return this.#kept.verdicts.find((verdict) => verdict.part === part) ?? null;
  }

  /**
   * Looks at one part behind a mark.
   * @param look gives the verdict; when it throws, nothing is remembered
   */
  async judge(part: ModelPartName, look: () => Promise<Omit<Verdict, 'part'>>): Promise<void> {
    await this.guard(part, async () => this.#add({ part, ...(await look()) }));
  }

  /** Runs a part behind the mark. */
  async guard<T>(part: ModelPartName, run: () => Promise<T>): Promise<T> {
    // A process that is asked to end was not brought down by the part.
    const clear = () => rmSync(this.#markFile, { force: true });
    process.on('exit', clear);
    writeFileSync(this.#markFile, JSON.stringify({ part, device: this.#kept.device, process: process.pid }));
    try {
      return await run();
    } finally {
      clear();
      process.off('exit', clear);
    }
  }

  get #markFile(): string {
    return join(this.#folder, `${this.#kept.bundle}${markEnding}`);
  }

  /** What an earlier process left: the part that it ended with is judged. */
  async #takeMark(): Promise<void> {
    const mark = markSchema.safeParse(parsed(readTextSync(this.#markFile))).data;
    if (mark && isAlive(mark.process)) return; // a second Playhead looks at the same bundle just now
    if (mark && isSameDevice(mark.device, this.#kept.device))
      await this.#add({
        part: mark.part,
        isRight: false,
        reason: 'the process ended while this part ran on the graphics adapter',
        difference: null,
        cosine: null,
        seconds: null,
        isHalf: false,
      });
    rmSync(this.#markFile, { force: true });
  }

  async #add(verdict: Verdict): Promise<void> {
    this.#kept.verdicts = [...this.#kept.verdicts.filter(({ part }) => part !== verdict.part), verdict];
    const file = join(this.#folder, `${this.#kept.bundle}.json`);
    await writeFileAtomic(file, `${JSON.stringify(this.#kept, null, 2)}\n`);
  }
}

/** True while some bundle's part is looked at, or when a process ended in the middle of it. */
export function isLookUnfinished(folder: string): boolean {
  return marksIn(folder).length > 0;
}

/** For the one who ends a process on purpose: the part that it looked at is not to blame. */
export function forgiveLook(folder: string): void {
  for (const mark of marksIn(folder)) rmSync(join(folder, mark), { force: true });
}

function marksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(markEnding));
}

function isSameDevice(one: GraphicsDevice, other: GraphicsDevice): boolean {
  return one.adapter === other.adapter && one.driver === other.driver && one.runtime === other.runtime;
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readTextSync(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
