// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { MediaItem } from '../../../../src/contract/index.ts';
import FirstRun from '../../../../src/renderer/components/library/FirstRun.vue';
import { mountInApp } from './mountInApp.ts';

enableAutoUnmount(afterEach);

const clip = (state: MediaItem['state']) =>
  ({
    id: 'm1',
    fileName: 'red-circle-and-bell.mp4',
    kind: 'video',
    hasAudio: true,
    isSample: true,
    state,
  }) as MediaItem;

describe('the first steps', () => {
  it('have all their cards from the start; what cannot be tried yet is off, so that nothing moves when it can', async () => {
    const { app, find, settle, wrapper } = mountInApp(FirstRun);
    const cards = () => wrapper.findAll('.card').length;
    const isOff = (testId: string) => (find(testId) as HTMLButtonElement | null)?.disabled;
    app.library.items.value = [clip('indexing')];
    await settle();
    const before = { cards: cards(), ask: find('first-ask')?.textContent };
    expect([isOff('first-search'), isOff('first-ask')]).toEqual([true, true]);
    app.library.items.value = [clip('ready')];
    await settle();
    expect([isOff('first-search'), isOff('first-ask')]).toEqual([false, false]);
    expect({ cards: cards(), ask: find('first-ask')?.textContent }).toEqual(before);
  });
});
