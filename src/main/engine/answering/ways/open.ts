/** Any other question: the replies that are answers, with their times; "there is no star" is left out. */
import { listTimes } from '../../../../contract/index.ts';
import type { Look } from '../cutLooks.ts';
import { type Inquiry, type Joined, partOf, type Reply, type Scope, theScenes, type Way } from '../way.ts';
import { joinRepeats } from './account.ts';

/** @param deed of a question such as "Which object spins?": each reply is checked as a claim, for it takes for granted that one does */
export function open(looks: readonly Look[], question: string, deed?: string): Way {
  return {
    inquiries: looks.map((look) => ({ look, question })),
    order: 'likeliest first',
    next: (replies) => (deed === undefined ? [] : replies.flatMap((reply) => checkOf(reply, deed))),
    join: (replies, scope) => {
      const denied = new Set(
        replies.filter(({ about, meaning }) => about === 'check' && meaning !== 'yes').map(({ look }) => look),
      );
      const asked = replies.filter(({ about }) => about !== 'check');
      const answers = asked.filter((reply) => isAnswer(reply) && !denied.has(reply.look));
      return answers.length > 0 ? joinAnswers(answers) : joinNone(asked, scope);
    },
  };
}

/** "The red circle." and "spins" make "Is it true that the red circle spins?"; a whole sentence is taken as it is. */
function checkOf(reply: Reply, deed: string): Inquiry[] {
  const named = reply.text.trim().replace(/\.$/, '');
  if (!isAnswer(reply) || named.split(' ').length > 6 || /[.,;:]/.test(named)) return [];
  return [
    {
      look: reply.look,
      question: `Is it true that ${named.charAt(0).toLowerCase()}${named.slice(1)} ${deed}?`,
      about: 'check',
      isOptional: true,
    },
  ];
}

function joinAnswers(answers: readonly Reply[]): Joined {
  const texts = new Set(answers.map(({ text }) => text.trim()));
  if (texts.size > 1 || answers.length === 1) return { summary: '', parts: joinRepeats(answers) };
  const [text] = texts as Set<string>;
  const times = listTimes(answers.map(({ look }) => look));
  return {
    summary: `${(text as string).replace(/\.$/, '')} (${times}).`,
    parts: answers.map((reply) => partOf(reply)),
  };
}

/** The model's own words where it says the same of every scene. */
function joinNone(replies: readonly Reply[], scope: Scope): Joined {
  const texts = new Set(replies.map(({ text }) => text.trim()).filter(Boolean));
  const [only] = texts;
  const said =
    texts.size === 1 && only
      ? `${only.replace(/\.$/, '')} in ${theScenes(scope)}.`
      : `None of ${theScenes(scope)} has an answer to this.`;
  return { summary: said, parts: [] };
}

function isAnswer({ meaning, text }: Reply): boolean {
  return text.trim() !== '' && meaning !== 'absent';
}
