/** What a person does while Playhead works: adds files and asks about them. What was acknowledged is written down. */
import { basename } from 'node:path';
import type { Job, PlayheadClient } from '../../../src/contract/index.ts';
import type { Random } from '../random.ts';

const questions = ['What colour is it?', 'What happens?', 'What is heard?', 'Is there a red circle?'];

export interface Asked {
  question: string;
  conversationId: string;
  messageId: string;
}

export class Person {
  /** Names of the files whose adding was acknowledged. */
  readonly added = new Set<string>();
  readonly asked: Asked[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Adds some files, then asks about one. Rejects when Playhead goes meanwhile, or refuses. */
  async actOn(client: PlayheadClient, files: readonly string[], about: string | null): Promise<void> {
    if (files.length > 0) {
      await client.call('addToLibrary', { paths: [...files] });
      for (const file of files) this.added.add(basename(file));
    }
    if (about === null) return;
    const question = `${this.#random.pick(questions)} (${this.asked.length + 1})`;
    const told = await client.call('ask', { source: { path: about }, question });
    this.asked.push({ question, conversationId: told.conversationId, messageId: told.messageId });
  }

  /** What is lost, doubled or stuck of what was acknowledged, once nothing is at work any more; null when nothing is. */
  async misses(client: PlayheadClient): Promise<string | null> {
    for (const { question, conversationId, messageId } of this.asked) {
      const conversation = await client.call('getConversation', { conversationId }).catch(() => null);
      const said = conversation?.messages.filter(({ role, text }) => role === 'user' && text === question) ?? [];
      if (said.length !== 1) return `the question “${question}” is there ${said.length} times`;
      const answer = conversation?.messages.find(({ id }) => id === messageId);
      if (!answer) return `the answer to “${question}” is not there`;
      if (answer.state === 'streaming') return `the answer to “${question}” never ends`;
    }
    return null;
  }
}

/** Resolves when the library lists all of these files; clips that come with Playhead are added behind the start. */
export async function untilListed(
  client: PlayheadClient,
  names: readonly string[],
  patienceMs = 60_000,
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const { items } = await client.call('listMedia', { limit: 1000 });
    const isReady = (name: string) => items.some(({ fileName, state }) => fileName === name && state === 'ready');
    if (names.every(isReady)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Resolves when no job is queued or running, or with the jobs that still are after `patienceMs`. */
export async function untilIdle(client: PlayheadClient, patienceMs = 120_000): Promise<Job[]> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const open = (await client.call('listJobs', { limit: 1000 })).filter(({ state }) =>
      ['queued', 'running', 'paused'].includes(state),
    );
    if (open.length === 0 || Date.now() > until) return open;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
