/**
 * The engine as one window sees it: the calls of the contract, and beside the library's files those that were opened
 * from outside in this window. No other window sees them, and with the window they are gone.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import {
  type AskedClip,
  type CallInput,
  type EngineApi,
  type EngineEvent,
  type OutsideEvent,
  type OutsideRequest,
  PlayheadError,
  parseCallInput,
  toErrorInfo,
} from '../../contract/index.ts';
import { askDrive } from '../ports/drives.ts';
import { expandPath } from './expandPath.ts';
import { GrantedFiles, type GrantNeeds } from './grantedFiles.ts';
import { mediaTarget, type RouteTarget } from './openRoute.ts';

export interface EngineWindow {
  api: EngineApi;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  openRoute(route: string): Promise<RouteTarget | null>;
  /** Opens what the person named himself: one file is asked about, a folder is added to the library. */
  open(path: string, clip?: AskedClip): Promise<void>;
  /** Nothing is looked at before the person has agreed in this window. */
  agreeFirst(request: Omit<OutsideRequest, 'id'>, clip?: AskedClip): void;
  /** What came from outside cannot be opened, and why. */
  refuse(thrown: unknown): void;
  close(): void;
}

interface WindowNeeds extends GrantNeeds {
  api: EngineApi;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  openRoute(route: string): Promise<RouteTarget | null>;
}

/** Requests that wait for the person's word; more are refused. */
const mostRequests = 20;

export function openEngineWindow(needs: WindowNeeds): EngineWindow {
  const granted = new GrantedFiles(needs);
  const requests = new Map<string, OutsideRequest & { clip: AskedClip }>();
  const tell = tellWhenSeen(needs.onEvent);
  const refuse = (thrown: unknown) => tell.send({ type: 'outsideFailed', error: toErrorInfo(thrown) });

  async function open(path: string, clip: AskedClip = null): Promise<void> {
    try {
      if (await isFolder(path)) await needs.api.addToLibrary({ paths: [path] });
      else tell.send({ type: 'askAbout', mediaId: await granted.give(path), clip });
    } catch (thrown) {
      refuse(thrown);
    }
  }

  return {
    api: { ...windowApi(needs.api, granted, showAs), answerRequest },
    onEvent(listener) {
      const stop = tell.onEvent(listener);
      // A page that is loaded again asks again.
      for (const { clip: _clip, ...request } of requests.values()) listener({ type: 'agreeFirst', request });
      return stop;
    },
    async openRoute(route) {
      const [kind, id = ''] = route.replace(/^\/+/, '').split('/');
      const item = kind === 'media' ? granted.find(id) : undefined;
      return item ? mediaTarget(item.path) : needs.openRoute(route);
    },
    open,
    agreeFirst(request, clip = null) {
      if (requests.size >= mostRequests) return refuse(tooMany());
      const asked = { ...request, id: randomUUID() };
      requests.set(asked.id, { ...asked, clip });
      tell.now({ type: 'agreeFirst', request: asked });
    },
    refuse,
    close() {
      granted.end();
      requests.clear();
    },
  };

  /** The library knew the content from another place or day: the window goes on with what it has there. */
  function showAs(mediaId: string): void {
    tell.send({ type: 'askAbout', mediaId, clip: null });
  }

  async function answerRequest(input: CallInput<'answerRequest'>): Promise<{ isOpened: boolean }> {
    const { requestId, isAgreed } = parseCallInput('answerRequest', input);
    const asked = requests.get(requestId);
    // Once: an answer that is sent again opens nothing.
    requests.delete(requestId);
    if (!asked) throw new PlayheadError({ code: 'not-found', message: 'Nothing of this kind was asked.' });
    if (!isAgreed) return { isOpened: false };
    // A folder is more than the person was told of: all that is in it would be read.
    const isRefused = asked.from === 'link' && (await isFolder(asked.path));
    if (isRefused) refuse(noFile(asked.path));
    else await open(asked.path, asked.clip);
    return { isOpened: !isRefused };
  }
}

/** The calls in which a file may be one of this window's own. */
function windowApi(api: EngineApi, granted: GrantedFiles, showAs: (mediaId: string) => void): EngineApi {
  /** The file is the library's from its first question on. */
  async function onKept<T extends CallInput<'ask'> | CallInput<'caption'>, R>(
    input: T,
    call: (input: T) => Promise<R>,
  ): Promise<R> {
    const item = 'mediaId' in input.source ? granted.find(input.source.mediaId) : undefined;
    if (!item) return call(input);
    const mediaId = await granted.keep(item);
    const result = await call({ ...input, source: { mediaId } });
    if (mediaId !== item.id) showAs(mediaId);
    return result;
  }
  return {
    ...api,
    getMedia: async (input) => granted.detailOf(input?.mediaId) ?? (await api.getMedia(input)),
    checkMedia: async (input) => {
      const item = granted.find(input?.mediaId);
      return item ? granted.check(item) : api.checkMedia(input);
    },
    rememberOpened: async (input) =>
      granted.find(input?.mediaId) ? { openedAt: new Date().toISOString() } : api.rememberOpened(input),
    ask: async (input) => onKept(parseCallInput('ask', input), api.ask),
    caption: async (input) => onKept(parseCallInput('caption', input), api.caption),
    addToLibrary: async (input) => {
      for (const path of parseCallInput('addToLibrary', input).paths) {
        const item = granted.at(expandPath(path));
        if (item) await granted.keep(item);
      }
      return api.addToLibrary(input);
    },
  };
}

/** What is told before a page is there waits for the page. */
function tellWhenSeen(onEngineEvent: EngineWindow['onEvent']) {
  const listeners = new Set<(event: EngineEvent) => void>();
  const waiting: OutsideEvent[] = [];
  const now = (event: OutsideEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    now,
    send(event: OutsideEvent): void {
      if (listeners.size === 0) waiting.push(event);
      now(event);
    },
    onEvent(listener: (event: EngineEvent) => void): () => void {
      const stop = onEngineEvent(listener);
      listeners.add(listener);
      for (const event of waiting.splice(0)) listener(event);
      return () => {
        stop();
        listeners.delete(listener);
      };
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  // A path that is not there, or whose drive does not answer, is told as a file that is not.
  const info = await askDrive(path, () => stat(path)).catch(() => null);
  return info?.isDirectory() ?? false;
}

function noFile(file: string): PlayheadError {
  return new PlayheadError({
    code: 'file-not-media',
    message: 'This link names a folder, and a link opens files alone.',
    file,
    hint: 'If you want to have the folder in the library, add it yourself.',
  });
}

function tooMany(): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `${mostRequests} files wait for your word, and no more are taken.`,
    hint: 'Answer those first.',
  });
}
