import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, Job, Message } from '../../../src/contract/index.ts';
import { PlayheadError } from '../../../src/contract/index.ts';
import { useConversation } from '../../../src/renderer/composables/useConversation.ts';
import { mergeMessages } from '../../../src/renderer/logic/messages.ts';
import { createFakeClient, deferred, settle } from './fakeClient.ts';

const segment = { startSec: 1, endSec: 3 };

function message(id: string, role: Message['role'], rest: Partial<Message> = {}): Message {
  return { id, role, text: '', createdAt: '', state: 'done', segment: null, provenance: null, error: null, ...rest };
}

function conversation(messages: Message[]): Conversation {
  return { id: 'c1', mediaId: 'm1', title: 'What?', createdAt: '', updatedAt: '', messages };
}

describe('a conversation', () => {
  const askReply = { jobId: 'j1', mediaId: 'm1', conversationId: 'c1', messageId: 'a1' };
  let stored: Message[];
  beforeEach(() => {
    stored = [message('q1', 'user', { text: 'What?', segment }), message('a1', 'assistant', { state: 'streaming' })];
  });

  function open(asked: Promise<typeof askReply>) {
    const fake = createFakeClient({
      listConversations: () => [],
      getConversation: () => conversation(structuredClone(stored)),
      ask: () => asked,
      listJobs: () => [],
      cancelJob: () => Promise.reject(new PlayheadError({ code: 'not-found', message: 'over' })),
    });
    return { fake, talk: useConversation(fake.client) };
  }

  it('shows the question at once and appends the answer as it streams, even what comes before the call returns', async () => {
    const asked = deferred<typeof askReply>();
    const { fake, talk } = open(asked.promise);
    await talk.openMedia('m1');
    const done = talk.ask('What?', segment);
    expect(talk.messages.value.map((m) => [m.role, m.text])).toEqual([
      ['user', 'What?'],
      ['assistant', ''],
    ]);
    const delta = { type: 'answerDelta', jobId: 'j1', conversationId: 'c1', messageId: 'a1' } as const;
    fake.emit({ ...delta, text: 'A red' });
    asked.resolve(askReply);
    await done;
    fake.emit({ ...delta, text: ' circle' });
    expect(talk.messages.value.at(-1)).toMatchObject({ id: 'a1', text: 'A red circle', state: 'streaming' });
  });

  it('takes the stored answer when it is finished', async () => {
    const { fake, talk } = open(Promise.resolve(askReply));
    await talk.openMedia('m1');
    await talk.ask('What?', segment);
    stored[1] = message('a1', 'assistant', { text: 'A circle.' });
    fake.emit({ type: 'conversationChanged', conversationId: 'c1', mediaId: 'm1' });
    await settle();
    expect(talk.answering.value).toBeNull();
    expect(talk.messages.value.at(-1)?.text).toBe('A circle.');
  });

  it('stops by cancelling the job of the streaming answer', async () => {
    const { fake, talk } = open(Promise.resolve(askReply));
    await talk.openMedia('m1');
    await talk.ask('What?', segment);
    await talk.stop().catch(() => {});
    expect(fake.calls.at(-1)).toEqual({ name: 'cancelJob', input: { jobId: 'j1' } });
  });

  it('keeps a question that could not be asked, with the reason, and asks it again about the same clip', async () => {
    const asked = deferred<typeof askReply>();
    const { fake, talk } = open(asked.promise);
    await talk.openMedia('m1');
    const done = talk.ask('What?', segment);
    asked.reject(new PlayheadError({ code: 'connection-lost', message: 'gone' }));
    await done;
    const failed = talk.messages.value.at(-1);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'connection-lost' } });
    await talk.askAgain(failed?.id ?? '');
    expect(fake.calls.filter((call) => call.name === 'ask').at(-1)?.input).toMatchObject({
      question: 'What?',
      segment,
    });
  });

  it('says what is done for the answer just now, and asks further what was offered', async () => {
    const { fake, talk } = open(Promise.resolve(askReply));
    await talk.openMedia('m1');
    await talk.ask('What?', segment);
    const job = { id: 'j1', kind: 'ask', state: 'running', mediaId: 'm1', stage: 'looking at scene 2 of 5' };
    fake.emit({ type: 'job', job: job as Job });
    expect(talk.stage.value).toBe('Looking at scene 2 of 5');
    fake.emit({ type: 'job', job: { ...job, mediaId: 'm9', stage: 'other' } as Job });
    expect(talk.stage.value).toBe('Looking at scene 2 of 5');
    stored[1] = message('a1', 'assistant', { text: 'This has 5 scenes.' });
    fake.emit({ type: 'conversationChanged', conversationId: 'c1', mediaId: 'm1' });
    await settle();
    await talk.askAgain('a1', 'likeliest');
    expect(fake.calls.filter((call) => call.name === 'ask').at(-1)?.input).toMatchObject({
      scope: 'likeliest',
      segment,
    });
  });

  it('never shows less text than has already streamed in', () => {
    const shown = [message('a1', 'assistant', { state: 'streaming', text: 'A red cir' })];
    const behind = [message('a1', 'assistant', { state: 'streaming', text: 'A red' })];
    expect(mergeMessages(shown, behind)[0]?.text).toBe('A red cir');
    expect(mergeMessages(shown, [message('a1', 'assistant', { text: 'A.' })])[0]?.text).toBe('A.');
  });

  it('ignores the talk about another file', async () => {
    const { fake, talk } = open(Promise.resolve(askReply));
    await talk.openMedia('m1');
    const before = fake.calls.length;
    fake.emit({ type: 'conversationChanged', conversationId: 'c9', mediaId: 'm9' });
    await settle();
    expect(fake.calls).toHaveLength(before);
  });
});
