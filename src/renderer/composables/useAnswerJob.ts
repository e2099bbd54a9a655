/** The job behind the answer that streams in: what it does just now, and how it is stopped. */
import { computed, type Ref, ref } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { Message } from '../../contract/conversations.ts';
import type { Job } from '../../contract/jobs.ts';
import { stageInWords } from '../logic/messages.ts';

/** The talk on the screen. */
export interface Talk {
  mediaId: Ref<string | null>;
  conversationId: Ref<string | null>;
  messages: Ref<Message[]>;
}

export function useAnswerJob(client: PlayheadClient, { mediaId, messages }: Talk) {
  const answering = computed(() => messages.value.find((message) => message.state === 'streaming') ?? null);
  /** What is done for the answer just now, in words. */
  const stage = ref(stageInWords(''));
  /** By the message that the job answers with. */
  const jobs = new Map<string, string>();
  let isStopWanted = false;

  function begin(): void {
    isStopWanted = false;
    stage.value = stageInWords('');
  }

  function setJob(messageId: string, jobId: string): void {
    jobs.set(messageId, jobId);
  }

  async function stop(): Promise<void> {
    isStopWanted = true;
    const jobId = answering.value && (jobs.get(answering.value.id) ?? (await findJob()));
    if (jobId) await client.call('cancelJob', { jobId });
  }

  /** Stop may have been pressed before there was a job. */
  function stopIfWanted(): void {
    if (isStopWanted) void stop();
  }

  /** After a reload the job of a streaming answer is only known to the engine. */
  async function findJob(): Promise<string | null> {
    const list = await client.call('listJobs', {});
    const isOpen = (state: string) => state === 'running' || state === 'queued';
    return list.find((job) => job.kind === 'ask' && job.mediaId === mediaId.value && isOpen(job.state))?.id ?? null;
  }

  function isOurs({ kind, state, mediaId: about }: Job): boolean {
    return kind === 'ask' && state === 'running' && about === mediaId.value;
  }

  client.onEvent((event) => {
    if (event.type === 'job' && isOurs(event.job)) stage.value = stageInWords(event.job.stage);
  });

  return { answering, stage, begin, setJob, stop, stopIfWanted };
}
