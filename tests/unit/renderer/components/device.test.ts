// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { DeviceChoice, DeviceReport } from '../../../../src/contract/index.ts';
import DeviceDialog from '../../../../src/renderer/components/status/DeviceDialog.vue';
import { mountInApp } from './mountInApp.ts';

enableAutoUnmount(afterEach);

const part = {
  part: 'vision',
  provider: 'webgpu',
  why: 'right, and 4.0 times as fast',
  isHalf: false,
  isSetBack: false,
} as const;
const report = (choice: DeviceChoice, isFixed = false): DeviceReport => ({
  ...{ choice, isFixed, isLoaded: true },
  plan: {
    ...{ choice, adapter: 'a card', parts: [{ ...part, bytes: 5e8 }] },
    memory: {
      host: { neededBytes: 6e9, totalBytes: 16e9 },
      adapter: { neededBytes: 5e8, totalBytes: null },
    },
  },
});

it('the device dialog shows where each part runs, why, and in how much memory, and takes a choice', async () => {
  const chosen: DeviceChoice[] = [];
  const { find, settle } = mountInApp(DeviceDialog, {
    answers: {
      device: () => report('auto'),
      chooseDevice: ({ choice }) => {
        chosen.push(choice);
        return report(choice);
      },
    },
  });
  await settle();
  expect((find('device-auto') as HTMLInputElement).checked).toBe(true);
  expect(find('device-part-vision')?.textContent).toMatch(/Graphics.*vision tower.*4\.0 times as fast/s);
  expect(find('device-memory')?.textContent).toContain('6.0 GB of 16.0 GB memory; about 500 MB on the adapter');
  find('device-cpu')?.dispatchEvent(new Event('change'));
  await settle();
  expect(chosen).toEqual(['cpu']);
});

it('what was chosen on the command line cannot be changed in the window, which says so', async () => {
  const { find, settle } = mountInApp(DeviceDialog, { answers: { device: () => report('webgpu', true) } });
  await settle();
  expect(find('device-webgpu')?.closest('fieldset')?.disabled).toBe(true);
  expect(find('device-dialog')?.textContent).toContain('on the command line');
});
