/** The talk about one file: its conversations, the one on the screen, and the answer that streams in. */
import { computed, ref, shallowRef } from 'vue';
import type { LookScope, Modality } from '../../contract/answers.ts';
import type { EngineEvent } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import type { ConversationSummary, Message } from '../../contract/conversations.ts';
import { toErrorInfo } from '../../contract/errors.ts';
import type { Job } from '../../contract/jobs.ts';
import type { Segment } from '../../contract/media.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';
import { draftMessage, mergeMessages, questionOf, stageInWords } from '../logic/messages.ts';

export function useConversation(client: PlayheadClient) {
  const mediaId = ref<string | null>(null);
  const conversationId = ref<string | null>(null);
  const summaries = shallowRef<ConversationSummary[]>([]);
  const messages = ref<Message[]>([]);
  const modality = ref<Modality>('auto');
  const isAsking = ref(false);
  const answering = computed(() => messages.value.find((message) => message.state === 'streaming') ?? null);
  /** What is done for the answer just now, in words. */
  const stage = ref(stageInWords(''));
  const latest = createLatestOnly();
  const latestList = createLatestOnly();
  const jobs = new Map<string, string>();
  /** Text of answers whose `ask` call has not come back yet, by message. */
  const early = new Map<string, string>();
  let isStopWanted = false;
  /** A file was opened and its list has not come yet. */
  let isNewestWanted = false;

  /** Shows a file's newest conversation, or an empty one. */
  async function openMedia(id: string | null): Promise<void> {
    if (id === mediaId.value) return;
    mediaId.value = id;
    summaries.value = [];
    startNew();
    isNewestWanted = true;
    await refreshList();
  }

  function startNew(): void {
    latest.forget();
    conversationId.value = null;
    messages.value = [];
  }

  async function show(id: string): Promise<void> {
    if (id !== conversationId.value) startNew();
    conversationId.value = id;
    await refresh();
  }

  async function refreshList(): Promise<void> {
    const id = mediaId.value;
    if (id === null) return;
    const list = await latestList.run(() => client.call('listConversations', { mediaId: id })).catch(() => null);
    if (!list) return;
    summaries.value = [...list].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    const newest = summaries.value[0];
    const isFree = conversationId.value === null && messages.value.length === 0;
    if (isNewestWanted && newest && isFree) await show(newest.id);
    isNewestWanted = false;
  }

  async function refresh(): Promise<void> {
    const id = conversationId.value;
    if (id === null) return;
    const found = await latest.run(() => client.call('getConversation', { conversationId: id })).catch(() => null);
    if (found && !isAsking.value) messages.value = mergeMessages(messages.value, found.messages);
  }

  /** @param scope how far it may look without asking back, where the range has many scenes */
  async function ask(question: string, segment: Segment | null, scope: LookScope = 'short'): Promise<void> {
    const media = mediaId.value;
    if (media === null || isAsking.value || answering.value) return;
    messages.value.push(draftMessage('user', 'draft-question', { text: question, segment }));
    messages.value.push(draftMessage('assistant', 'draft-answer', { segment }));
    isAsking.value = true;
    isStopWanted = false;
    stage.value = stageInWords('');
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
      const draft = messages.value.find((message) => message.id === 'draft-answer');
      if (draft) Object.assign(draft, { id: `failed-${Date.now()}`, state: 'failed', error: toErrorInfo(thrown) });
    } finally {
      isAsking.value = false;
      early.clear();
    }
    await Promise.all([refresh(), refreshList()]);
  }

  function adopt(reply: { jobId: string; conversationId: string; messageId: string }): void {
    jobs.set(reply.messageId, reply.jobId);
    conversationId.value = reply.conversationId;
    const draft = messages.value.find((message) => message.id === 'draft-answer');
    if (draft) Object.assign(draft, { id: reply.messageId, text: early.get(reply.messageId) ?? '' });
    if (isStopWanted) void stop();
  }

  /** The same question about the same clip once more. */
  async function askAgain(answerId: string, scope?: LookScope): Promise<void> {
    const question = questionOf(messages.value, answerId);
    if (question) await ask(question.text, question.segment, scope);
  }

  async function stop(): Promise<void> {
    isStopWanted = true;
    const jobId = answering.value && (jobs.get(answering.value.id) ?? (await findJob()));
    if (jobId) await client.call('cancelJob', { jobId });
  }

  /** After a reload the job of a streaming answer is only known to the engine. */
  async function findJob(): Promise<string | null> {
    const list = await client.call('listJobs', {});
    const isOpen = (state: string) => state === 'running' || state === 'queued';
    return list.find((job) => job.kind === 'ask' && job.mediaId === mediaId.value && isOpen(job.state))?.id ?? null;
  }

  async function remove(id: string): Promise<void> {
    await client.call('deleteConversation', { conversationId: id });
    if (id === conversationId.value) startNew();
    await refreshList();
  }

  function append({ messageId, jobId, text }: Extract<EngineEvent, { type: 'answerDelta' }>): void {
    jobs.set(messageId, jobId);
    const message = messages.value.find((candidate) => candidate.id === messageId);
    if (message) message.text += text;
    else if (isAsking.value) early.set(messageId, (early.get(messageId) ?? '') + text);
  }

  function isOurs({ kind, state, mediaId: about }: Job): boolean {
    return kind === 'ask' && state === 'running' && about === mediaId.value;
  }

  client.onEvent((event) => {
    if (event.type === 'answerDelta') append(event);
    if (event.type === 'job' && isOurs(event.job)) stage.value = stageInWords(event.job.stage);
    if (event.type !== 'conversationChanged' || event.mediaId !== mediaId.value) return;
    void refreshList();
    if (event.conversationId === conversationId.value) void refresh();
  });
  client.onConnection((state) => {
    if (state === 'open') void Promise.all([refreshList(), refresh()]);
  });

  return {
    mediaId,
    conversationId,
    summaries,
    messages,
    modality,
    answering,
    stage,
    openMedia,
    startNew,
    show,
    ask,
    askAgain,
    stop,
    remove,
  };
}
