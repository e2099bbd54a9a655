/** A component in a real app state, over a client whose answers the test writes. */
import { flushPromises, mount } from '@vue/test-utils';
import { type Component, nextTick } from 'vue';
import { appKey, createAppState } from '../../../../src/renderer/composables/useApp.ts';
import { createFakeClient } from '../fakeClient.ts';

type Answers = Parameters<typeof createFakeClient>[0];

interface MountOptions {
  props?: Record<string, unknown>;
  answers?: Answers;
}

export function mountInApp(component: Component, { props, answers = {} }: MountOptions = {}) {
  const fake = createFakeClient({ listConversations: () => [], listJobs: () => [], ...answers });
  const app = createAppState(fake.client);
  const wrapper = mount(component, {
    props,
    attachTo: document.body,
    global: { provide: { [appKey as symbol]: app } },
  });
  /** What the page shows by its test id, dialogs included, which stand beside the component. */
  const find = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  const findAll = (testId: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)];
  return {
    ...{ app, fake, wrapper, find, findAll },
    async click(testId: string) {
      find(testId)?.click();
      await flushPromises();
    },
    async settle() {
      await nextTick();
      await flushPromises();
    },
  };
}
