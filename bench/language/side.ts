/**
 * A language model in an engine of its own process, so that two engines can be measured in turns: each has its own
 * threads, and only the one that is asked works.
 */
import { type ChildProcess, fork } from 'node:child_process';

/** A prompt, read from nothing, then so many tokens after it, one by one. */
export interface Passage {
  /** Token ids. */
  prompt: number[];
  tokens: number;
}

export interface Reading {
  /** Seconds until the first token is chosen. */
  prefillSeconds: number;
  /** Seconds per token after that, on average. */
  stepSeconds: number;
  /** Bytes of keys and values that a step in the middle of the passage reads. */
  cacheBytes: number;
}

export interface LanguageSide {
  read(passage: Passage): Promise<Reading>;
  stop(): void;
}

interface Reply {
  ready?: true;
  reading?: Reading;
  problem?: string;
}

/** The child's half: opens the engine, says so, and answers one passage after the other until it is ended. */
export async function serveSide(open: () => Promise<(passage: Passage) => Promise<Reading>>): Promise<void> {
  const reply = (message: Reply) => process.send?.(message);
  const tell = (error: unknown) => reply({ problem: error instanceof Error ? error.message : String(error) });
  try {
    const read = await open();
    process.on('message', (passage: Passage) => void read(passage).then((reading) => reply({ reading }), tell));
    reply({ ready: true });
  } catch (error) {
    tell(error);
  }
}

/**
 * The parent's half: starts `script` with `args` and waits until its model is open.
 * @throws Error with the child's own words when it cannot open the model, or ends
 */
export async function startSide(script: URL, args: readonly string[]): Promise<LanguageSide> {
  const child = fork(script, args, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await nextReply(child);
  return {
    async read(passage) {
      child.send(passage);
      const { reading } = await nextReply(child);
      if (!reading) throw new Error(`${script} gave no reading`);
      return reading;
    },
    stop: () => void child.kill(),
  };
}

function nextReply(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`the engine's process ended (${signal ?? code})`));
    child.once('exit', onExit);
    child.once('message', (reply: Reply) => {
      child.off('exit', onExit);
      if (reply.problem === undefined) resolve(reply);
      else reject(new Error(reply.problem));
    });
  });
}
