// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Evidence, MediaItem, Message, Provenance } from '../../../../src/contract/index.ts';
import ChatComposer from '../../../../src/renderer/components/chat/ChatComposer.vue';
import MessageItem from '../../../../src/renderer/components/chat/MessageItem.vue';
import { mountInApp } from './mountInApp.ts';

enableAutoUnmount(afterEach);

const provenance: Provenance = {
  ...{ model: 'sample', provider: 'cpu', modality: 'video', segment: { startSec: 0, endSec: 12 } },
  ...{ frames: 0, audioSeconds: 0, promptTokens: 1, newTokens: 1, timings: [], stopReason: 'eos' },
};

function answer(rest: Partial<Message>): { message: Message } {
  const base: Message = {
    ...{ id: 'a1', role: 'assistant', text: '', createdAt: '', state: 'done' },
    ...{ segment: null, provenance: null, error: null },
  };
  return { message: { ...base, ...rest } };
}

describe('an answer', () => {
  const evidence: Evidence = {
    ...{ summary: 'Yes, in 2 of 3 scenes.', unit: 'scene', total: 3, fromIndex: 0, unknown: 0 },
    ...{ lookedAt: [], notLookedAt: [] },
    parts: [
      { startSec: 0, endSec: 4, text: 'A red star.' },
      { startSec: 8, endSec: 12, text: '' },
    ],
  } as unknown as Evidence;

  it('that was put together shows each part with a time to press, which plays its stretch', async () => {
    const { wrapper, findAll, app } = mountInApp(MessageItem, {
      props: answer({ text: 'Yes, …', provenance: { ...provenance, evidence } }),
    });
    const sought: unknown[] = [];
    app.player.media.playRange = (range) => void sought.push(range);
    expect(wrapper.text()).toContain('Yes, in 2 of 3 scenes.');
    expect(findAll('cite').map((cite) => [cite.textContent?.trim(), cite.dataset.start])).toEqual([
      ['0:00–0:04', '0'],
      ['0:08–0:12', '8'],
    ]);
    findAll('cite')[1]?.click();
    expect(app.player.clip.range.value).toEqual({ startSec: 8, endSec: 12 });
    expect(sought).toEqual([{ startSec: 8, endSec: 12 }]);
  });

  it('that still grows shows its words as they come, and no part before the end', () => {
    const { find, wrapper } = mountInApp(MessageItem, {
      props: answer({ text: 'A red', state: 'streaming', provenance: { ...provenance, evidence } }),
    });
    expect(find('answer-parts')).toBeNull();
    expect(wrapper.text()).toContain('A red');
    expect(find('answer-stage')).not.toBeNull();
  });

  it('of a model that does not know such footage offers a full one', async () => {
    const { click, app } = mountInApp(MessageItem, {
      props: answer({ text: 'I do not know this.', provenance: { ...provenance, stopReason: 'out-of-domain' } }),
    });
    await click('get-full-model');
    expect(app.dialogs.current.value).toEqual({ kind: 'models' });
  });

  it('of the index shows each fact with its time and its source, and offers a full model', async () => {
    const part = { startSec: 2, endSec: 4, text: 'Said: “Good morning.”', source: 'garden.srt' };
    const told = { ...evidence, summary: 'What the index knows:', parts: [part] };
    const { click, findAll, wrapper, app } = mountInApp(MessageItem, {
      props: answer({ text: 'What …', provenance: { ...provenance, stopReason: 'from-index', evidence: told } }),
    });
    expect(wrapper.text()).toContain('Said: “Good morning.” garden.srt');
    expect(findAll('cite').map(({ dataset }) => dataset.start)).toEqual(['2']);
    await click('get-full-model');
    expect(app.dialogs.current.value).toEqual({ kind: 'models' });
  });

  it('of a model that looked has what the index knows beside it, each fact with its time', () => {
    const known = [{ startSec: 2, endSec: 4, text: 'Seen: two people', source: 'CenterNet (COCO)' }];
    const { find, findAll, wrapper } = mountInApp(MessageItem, {
      props: answer({ text: 'Two friends play.', provenance: { ...provenance, known } }),
    });
    expect(wrapper.text()).toContain('Two friends play.');
    expect(find('known-facts')?.textContent).toContain('What the index knows (1)');
    expect(find('known-facts')?.textContent).toContain('Seen: two people CenterNet (COCO)');
    expect(findAll('cite').map(({ dataset }) => dataset.start)).toEqual(['2']);
  });

  it('that failed says what to do, keeps the cause behind a click, and can be asked again', () => {
    const error = { code: 'model-crashed', message: 'It ended.', hint: 'Try again.', cause: 'signal 9' } as const;
    const { find, wrapper } = mountInApp(MessageItem, { props: answer({ state: 'failed', error }) });
    expect(find('error-note')?.textContent).toContain('Try again.');
    expect(find('error-note')?.querySelector('details')?.open).toBe(false);
    expect(find('ask-again')).not.toBeNull();
    expect(wrapper.text()).not.toContain('The model gave no words.');
  });

  it('is offered by its price where looking takes long', async () => {
    const offer = {
      ...{ unit: 'scene', all: { count: 30, seconds: 600 }, likeliest: { count: 4, seconds: 80 } },
    } as Provenance['offer'];
    const { find } = mountInApp(MessageItem, {
      props: answer({ text: 'This has 30 scenes.', provenance: { ...provenance, stopReason: 'needs-consent', offer } }),
    });
    expect(find('look-likeliest')?.textContent?.trim()).toBe('Look at the 4 likeliest, about 80 s');
    expect(find('look-all')?.textContent?.trim()).toBe('Look at all 30, about 10 min');
  });
});

describe('the question field', () => {
  const item = { id: 'm1', kind: 'video', hasAudio: true } as unknown as MediaItem;
  const open = () => {
    const mounted = mountInApp(ChatComposer, { props: { item } });
    const asked: string[] = [];
    mounted.app.conversation.ask = async (question: string) => void asked.push(question);
    const field = mounted.wrapper.get('[data-testid="chat-input"]');
    return { ...mounted, asked, field };
  };

  it('sends with Enter and is empty again; Shift and Enter make a new line', async () => {
    const { asked, field } = open();
    await field.setValue('  What is it?  ');
    await field.trigger('keydown', { key: 'Enter', shiftKey: true });
    expect(asked).toEqual([]);
    await field.trigger('keydown', { key: 'Enter' });
    expect(asked).toEqual(['What is it?']);
    expect((field.element as HTMLTextAreaElement).value).toBe('');
  });

  it('sends nothing that is empty, and nothing while the connection is away', async () => {
    const { asked, field, find, fake, settle } = open();
    await field.setValue('   ');
    await field.trigger('keydown', { key: 'Enter' });
    expect(asked).toEqual([]);
    await field.setValue('What?');
    const send = () => (find('chat-send') as HTMLButtonElement).disabled;
    expect(send()).toBe(true);
    fake.connect('open');
    await settle();
    expect(send()).toBe(false);
  });
});
