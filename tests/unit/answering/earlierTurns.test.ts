import { describe, expect, it } from 'vitest';
import type { Message, Provenance } from '../../../src/contract/index.ts';
import { exchangesBefore, turnsAbout } from '../../../src/main/engine/answering/earlierTurns.ts';

const range = (startSec: number, endSec: number) => ({ startSec, endSec });

function message(id: string, role: Message['role'], rest: Partial<Message>): Message {
  return {
    id,
    role,
    text: '',
    createdAt: '',
    state: 'done',
    segment: range(0, 4),
    provenance: null,
    error: null,
    ...rest,
  };
}

/** One exchange: the question, and an answer with what is given. */
function exchange(name: string, answer: Partial<Message>): Message[] {
  return [
    message(`q-${name}`, 'user', { text: `${name}?` }),
    message(name, 'assistant', { text: `${name}.`, ...answer }),
  ];
}

const stoppedBy = (stopReason: Provenance['stopReason']) => ({ provenance: { stopReason } as Provenance });

describe('what was said before', () => {
  it('is every question that has an answer, up to the one that is asked now', () => {
    const messages = [
      ...exchange('one', {}),
      ...exchange('failed', { state: 'failed' }),
      ...exchange('stopped', { state: 'stopped' }),
      ...exchange('declined', stoppedBy('question-out-of-domain')),
      ...exchange('offered', stoppedBy('needs-consent')),
      ...exchange('two', {}),
      ...exchange('now', { state: 'streaming', text: '' }),
      ...exchange('later', {}),
    ];
    expect(exchangesBefore(messages, 'now').map(({ question }) => question)).toEqual(['one?', 'two?']);
  });

  it('is told of the stretch that it was said of, and of no other', () => {
    const evidence = {
      summary: 'Yes, at 0:08–0:12.',
      parts: [
        { ...range(0, 4), text: 'Red.' },
        { ...range(8, 12), text: '' },
      ],
      unit: 'scene' as const,
      total: 3,
      lookedAt: [],
      fromIndex: 0,
      unknown: 0,
    };
    const messages = [
      ...exchange('first scene', { segment: range(0, 4) }),
      ...exchange('second scene', { segment: range(4, 8) }),
      ...exchange('whole', {
        segment: range(0, 12),
        provenance: { stopReason: 'eos', evidence } as unknown as Provenance,
      }),
    ];
    const exchanges = exchangesBefore(messages, 'none');
    expect(turnsAbout(exchanges, range(0, 4))).toEqual([
      { question: 'first scene?', answer: 'first scene.' },
      { question: 'whole?', answer: 'Red.' },
    ]);
    expect(turnsAbout(exchanges, range(4, 8))).toEqual([{ question: 'second scene?', answer: 'second scene.' }]);
    expect(turnsAbout(exchanges, range(8, 12))).toEqual([{ question: 'whole?', answer: 'Yes, at 0:08–0:12.' }]);
  });
});
