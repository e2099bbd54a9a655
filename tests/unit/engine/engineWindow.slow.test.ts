/** A file that is opened from outside, in one window of a real engine. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/contract/index.ts';
import type { EngineWindow } from '../../../src/main/engine/createEngine.ts';
import { openTestEngine, type TestEngine } from './engineFixture.ts';

const sample = join(import.meta.dirname, '../../../resources/samples/red-circle-and-bell.mp4');
let test: TestEngine;
let window: EngineWindow;
let events: EngineEvent[];
let file: string;

beforeEach(async () => {
  test = await openTestEngine();
  window = test.engine.openWindow();
  events = [];
  window.onEvent((event) => events.push(event));
  file = join(test.folder, 'a “film” 🏖️.mp4');
  await copyFile(sample, file);
});

const listed = async () => (await test.engine.api.listMedia({})).items;
const told = <T extends EngineEvent['type']>(type: T) =>
  events.filter((event): event is Extract<EngineEvent, { type: T }> => event.type === type);
const asked = () => told('askAbout').at(-1)?.mediaId ?? '';

it('is shown and served in that window alone, and the library does not have it', async () => {
  await window.open(file);
  const { item, segments } = await window.api.getMedia({ mediaId: asked() });
  expect(item).toMatchObject({ path: file, isGranted: true, state: 'registered' });
  expect(item.durationSec).toBeGreaterThan(1);
  expect(segments).toEqual([]);
  expect(await window.openRoute(item.stream)).toMatchObject({ path: file, contentType: 'video/mp4' });
  expect(await window.api.checkMedia({ mediaId: item.id })).toMatchObject({ error: null });
  expect(await listed()).toEqual([]);

  const other = test.engine.openWindow();
  await expect(other.api.getMedia({ mediaId: item.id })).rejects.toMatchObject({ code: 'not-found' });
  expect(await other.openRoute(item.stream)).toBeNull();
  expect(await test.engine.openRoute(item.stream)).toBeNull();
  window.close();
  expect(await window.openRoute(item.stream)).toBeNull();
});

it('is in the library from its first question on, by the same id', async () => {
  await window.open(file);
  const mediaId = asked();
  const reply = await window.api.ask({ source: { mediaId }, question: 'What is seen?' });
  expect(reply.mediaId).toBe(mediaId);
  const [item] = await listed();
  expect(item).toMatchObject({ id: mediaId, path: file });
  expect(item?.isGranted).toBeUndefined();
  expect(await window.api.listConversations({ mediaId })).toHaveLength(1);
});

it('keeps its id when it is added to the library', async () => {
  await window.open(file);
  await window.api.addToLibrary({ paths: [file] });
  await test.engine.whenIdle();
  expect(await listed()).toMatchObject([{ id: asked(), path: file, state: 'ready' }]);
});

it('that the library has already is shown as the library has it', async () => {
  await test.engine.api.addToLibrary({ paths: [file] });
  await test.engine.whenIdle();
  await window.open(file, { startSec: 1, endSec: 2 });
  const [item] = await listed();
  expect(told('askAbout')).toEqual([{ type: 'askAbout', mediaId: item?.id, clip: { startSec: 1, endSec: 2 } }]);
});

it('whose content the library knew from an earlier day goes on as that file', async () => {
  await test.engine.api.addToLibrary({ paths: [file] });
  await test.engine.whenIdle();
  const [{ id = '' } = {}] = await listed();
  await test.engine.api.ask({ source: { mediaId: id }, question: 'What is seen?' });
  await test.engine.whenIdle();
  await test.engine.api.removeMedia({ mediaId: id });
  await window.open(file);
  expect(asked()).not.toBe(id);
  await window.api.ask({ source: { mediaId: asked() }, question: 'And now?' });
  expect(asked()).toBe(id);
  expect(await window.api.listConversations({ mediaId: id })).toHaveLength(2);
});

it('that is not there, or no media, is told as why', async () => {
  await window.open(join(test.folder, 'nothing.mp4'));
  await window.open(import.meta.filename);
  expect(told('outsideFailed').map(({ error }) => error.code)).toEqual(['file-not-found', 'file-not-media']);
  expect(told('askAbout')).toEqual([]);
});

it('is a folder: that is added to the library', async () => {
  const folder = join(test.folder, 'films');
  await mkdir(folder);
  await copyFile(sample, join(folder, 'duet.mp4'));
  await window.open(folder);
  await test.engine.whenIdle();
  expect(await listed()).toHaveLength(1);
});

it('by a link is not even looked at before the person agrees, and only once', async () => {
  const gone = join(test.folder, 'perhaps.mp4');
  window.agreeFirst({ path: gone, from: 'link' });
  window.agreeFirst({ path: file, from: 'link' }, { startSec: 1 });
  const [first, second] = told('agreeFirst').map(({ request }) => request);
  expect(first).toMatchObject({ path: gone, from: 'link' });
  expect(told('outsideFailed')).toEqual([]);

  expect(await window.api.answerRequest({ requestId: first?.id ?? '', isAgreed: false })).toEqual({ isOpened: false });
  await expect(window.api.answerRequest({ requestId: first?.id ?? '', isAgreed: true })).rejects.toMatchObject({
    code: 'not-found',
  });
  const other = test.engine.openWindow();
  for (const api of [other.api, test.engine.api]) {
    await expect(api.answerRequest({ requestId: second?.id ?? '', isAgreed: true })).rejects.toMatchObject({
      code: 'not-found',
    });
  }
  expect(told('askAbout')).toEqual([]);
  await window.api.answerRequest({ requestId: second?.id ?? '', isAgreed: true });
  expect(told('askAbout')).toMatchObject([{ clip: { startSec: 1 } }]);
});

it('by a link is a folder: nothing of it is read, since the person agreed to one file', async () => {
  window.agreeFirst({ path: test.folder, from: 'link' });
  const [{ request } = { request: { id: '' } }] = told('agreeFirst');
  expect(await window.api.answerRequest({ requestId: request.id, isAgreed: true })).toEqual({ isOpened: false });
  expect(told('outsideFailed').map(({ error }) => error.code)).toEqual(['file-not-media']);
  expect((await test.engine.api.listJobs({})).filter(({ kind }) => kind === 'scan')).toEqual([]);
});

it('by links without end: twenty wait for the person’s word, the others are refused, and a page that is loaded again has them', async () => {
  for (let index = 0; index < 25; index++) window.agreeFirst({ path: `/films/${index}.mp4`, from: 'link' });
  const paths = told('agreeFirst').map(({ request }) => request.path);
  expect([paths.length, paths.at(-1), told('outsideFailed').length]).toEqual([20, '/films/19.mp4', 5]);
  const again: EngineEvent[] = [];
  window.onEvent((event) => again.push(event));
  expect(again).toEqual(told('agreeFirst'));
});

it('before its page is there waits for the page', async () => {
  const early = test.engine.openWindow();
  await early.open(file);
  const seen: EngineEvent[] = [];
  early.onEvent((event) => seen.push(event));
  expect(seen.map(({ type }) => type)).toEqual(['askAbout']);
});
