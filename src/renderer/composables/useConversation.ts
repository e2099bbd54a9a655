/** The talk about one file: its conversations, the one on the screen, and the answer that streams in. */
import { ref, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { ConversationSummary, Message } from '../../contract/conversations.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';
import { mergeMessages } from '../logic/messages.ts';
import { useAsking } from './useAsking.ts';

export function useConversation(client: PlayheadClient) {
  const talk = {
    mediaId: ref<string | null>(null),
    conversationId: ref<string | null>(null),
    messages: ref<Message[]>([]),
  };
  const { mediaId, conversationId, messages } = talk;
  const summaries = shallowRef<ConversationSummary[]>([]);
  const asking = useAsking(client, talk, refreshAll);
  const latest = createLatestOnly();
  const latestList = createLatestOnly();
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

  async function remove(id: string): Promise<void> {
    await client.call('deleteConversation', { conversationId: id });
    if (id === conversationId.value) startNew();
    await refreshList();
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
    if (found && !asking.isAsking.value) messages.value = mergeMessages(messages.value, found.messages);
  }

  async function refreshAll(): Promise<void> {
    await Promise.all([refresh(), refreshList()]);
  }

  client.onEvent((event) => {
    if (event.type !== 'conversationChanged' || event.mediaId !== mediaId.value) return;
    void refreshList();
    if (event.conversationId === conversationId.value) void refresh();
  });
  client.onConnection((state) => {
    if (state === 'open') void refreshAll();
  });

  return { ...talk, ...asking, summaries, openMedia, startNew, show, remove };
}
