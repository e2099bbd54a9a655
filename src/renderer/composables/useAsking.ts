/** A question that is asked, and its answer that streams in. */
import { ref } from 'vue';
import type { LookScope, Modality } from '../../contract/answers.ts';
import type { EngineEvent } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import { toErrorInfo } from '../../contract/errors.ts';
import type { Segment } from '../../contract/media.ts';
import { draftMessage, questionOf } from '../logic/messages.ts';
import { type Talk, useAnswerJob } from './useAnswerJob.ts';

/** @param refresh fetches the talk anew, once the question is stored in it */
export function useAsking(client: PlayheadClient, talk: Talk, refresh: () => Promise<unknown>) {
  const { mediaId, conversationId, messages } = talk;
  const modality = ref<Modality>('auto');
  const isAsking = ref(false);
  /** Text of answers whose `ask` call has not come back yet, by message. */
  const early = new Map<string, string>();
  const { answering, stage, stop, ...job } = useAnswerJob(client, talk);

  /** @param scope how far it may look without asking back, where the range has many scenes */
  async function ask(question: string, segment: Segment | null, scope: LookScope = 'short'): Promise<void> {
    const media = mediaId.value;
    if (media === null || isAsking.value || answering.value) return;
    messages.value.push(draftMessage('user', 'draft-question', { text: question, segment }));
    messages.value.push(draftMessage('assistant', 'draft-answer', { segment }));
    isAsking.value = true;
    job.begin();
    try {
      const reply = await client.call('ask', {
        source: { mediaId: media },
        segment: segment ?? undefined,
        question,
        modality: modality.value,
        conversationId: conversationId.value ?? undefined,
        scope,
      });
      if (mediaId.value === media) adopt(reply);
    } catch (thrown) {
      Object.assign(draft() ?? {}, { id: `failed-${Date.now()}`, state: 'failed', error: toErrorInfo(thrown) });
    } finally {
      isAsking.value = false;
      early.clear();
    }
    await refresh();
  }

  /** The same question about the same clip once more. */
  async function askAgain(answerId: string, scope?: LookScope): Promise<void> {
    const question = questionOf(messages.value, answerId);
    if (question) await ask(question.text, question.segment, scope);
  }

  const draft = () => messages.value.find((message) => message.id === 'draft-answer');

  function adopt(reply: { jobId: string; conversationId: string; messageId: string }): void {
    job.setJob(reply.messageId, reply.jobId);
    conversationId.value = reply.conversationId;
    Object.assign(draft() ?? {}, { id: reply.messageId, text: early.get(reply.messageId) ?? '' });
    job.stopIfWanted();
  }

  function append({ messageId, jobId, text }: Extract<EngineEvent, { type: 'answerDelta' }>): void {
    job.setJob(messageId, jobId);
    const message = messages.value.find((candidate) => candidate.id === messageId);
    if (message) message.text += text;
    else if (isAsking.value) early.set(messageId, (early.get(messageId) ?? '') + text);
  }

  client.onEvent((event) => {
    if (event.type === 'answerDelta') append(event);
  });

  return { modality, isAsking, answering, stage, ask, askAgain, stop };
}
