import type { Look } from './cutLooks.ts';
import type { AskedFor } from './judgeQuestion.ts';
import type { Way } from './way.ts';
import { account, type CaptionSource } from './ways/account.ts';
import { around } from './ways/around.ts';
import { compare } from './ways/compare.ts';
import { count } from './ways/count.ts';
import { edge } from './ways/edge.ts';
import { open } from './ways/open.ts';
import { when } from './ways/when.ts';
import { yesNo } from './ways/yesNo.ts';

/** @param question as one scene is asked it */
export function chooseWay(asked: AskedFor, question: string, looks: readonly Look[], captions: CaptionSource): Way {
  switch (asked.kind) {
    case 'account':
      return account(looks, captions);
    case 'yesNo':
      return yesNo(looks, question, asked.needs);
    case 'count':
      return count(looks, question);
    case 'when':
      return when(looks, asked.event, asked.counts);
    case 'edge':
      return edge(looks, { ...asked, question, captions });
    case 'compare':
      return compare(looks, asked, question);
    case 'around':
      return around(looks, { ...asked, question, captions });
    case 'who':
      return open(looks, question, asked.deed);
    case 'open':
      return open(looks, question);
  }
}
