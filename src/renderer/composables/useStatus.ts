/** What the engine says of itself, and the models it can use. */
import { computed, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { EngineStatus, ModelSummary } from '../../contract/status.ts';

export function useStatus(client: PlayheadClient) {
  const status = shallowRef<EngineStatus | null>(null);
  const models = shallowRef<ModelSummary[]>([]);
  const model = computed(() => status.value?.model ?? null);
  const isSampleModel = computed(() => model.value?.isSampleModel === true);

  async function refresh(): Promise<void> {
    status.value = await client.call('status', {});
  }

  async function refreshModels(): Promise<void> {
    models.value = await client.call('listModels', {});
  }

  /** @param anyway although the memory is short */
  async function activate(folder: string, anyway = false): Promise<void> {
    await client.call('useModel', { folder, anyway });
    await Promise.all([refresh(), refreshModels()]);
  }

  /** Frees the memory of the model in use; the next question loads it again. */
  async function unload(): Promise<void> {
    await client.call('unloadModel', {});
    await refresh();
  }

  /** A bundle that is on this machine already. */
  async function addModel(folder: string): Promise<void> {
    await client.call('addModel', { folder });
    await refreshModels();
  }

  client.onConnection((state) => {
    if (state === 'open') void refresh().catch(ignore);
  });
  client.onEvent((event) => {
    if (event.type === 'statusChanged') void refresh().catch(ignore);
  });
  return { status, model, models, isSampleModel, refresh, refreshModels, activate, unload, addModel };
}

/** A failed background refresh: the connection's own state tells it, and the next event tries again. */
function ignore(): void {}
