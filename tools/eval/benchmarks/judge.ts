/** Who judges answers that cannot be compared word by word: a port, and a judge at an address that the person gives. */
import * as z from 'zod';
import { PlayheadError } from '../../../src/contract/errors.ts';
import type { JudgeQuestion, Verdict } from './benchmark.ts';

export interface Judge {
  /** Told beside every score that it gave. */
  name: string;
  ask(question: JudgeQuestion): Promise<string>;
}

export interface JudgeAddress {
  /** Of a server that speaks as OpenAI's does: "http://127.0.0.1:8080/v1". */
  address: string;
  model: string;
  /** From the environment alone (PLAYHEAD_JUDGE_KEY): a command line can be read by others. */
  key?: string;
}

const reply = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

/** Questions and answers are sent there, and nothing else; greedy, so that the same answer gets the same verdict. */
export function judgeAt({ address, model, key }: JudgeAddress): Judge {
  const url = `${address.replace(/\/+$/, '')}/chat/completions`;
  return {
    name: `${model} at ${new URL(url).host}`,
    async ask({ system, user }) {
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ];
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({ model, messages, temperature: 0, max_tokens: 800 }),
      }).catch((cause: unknown) => Promise.reject(silentJudge(url, cause)));
      if (!response.ok) throw silentJudge(url, `${response.status} ${response.statusText}`);
      const { success, data } = reply.safeParse(await response.json());
      if (!success) throw silentJudge(url, 'an answer in another form');
      return data.choices[0]?.message.content ?? '';
    },
  };
}

function silentJudge(url: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'unreachable',
      message: `The judge at ${url} gave no verdict.`,
      hint: 'Look whether the address and the model’s name are right; answers that were given are kept with --answers.',
    },
    { cause },
  );
}

/**
 * A verdict as judges write it: "{'pred': 'yes', 'score': 4}", also with other quotes, signs around it, or the key
 * `binary_pred`. The score's fraction is cut off, as the reference does.
 * @returns null where it holds no score
 */
export function readVerdict(text: string): Verdict | null {
  const score = Number(text.match(/['"]score['"]\s*:\s*['"]?(-?\d+(?:\.\d+)?)/i)?.[1]);
  if (!(score >= 0 && score <= 5)) return null;
  const said = text.match(/['"](?:binary_)?pred['"]\s*:\s*['"]?(\w+)/i)?.[1]?.toLowerCase();
  return { isMatch: said === undefined ? null : said.startsWith('yes'), score: Math.trunc(score) };
}
