/**
 * A server that speaks the Hub's protocol: revisions, paged trees, `resolve` with redirects to a second host, ranges.
 * It can be told to go wrong. Every request is written down with its Authorization.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubFault, withFault } from './hubFaults.ts';
import { type HubFile, readRepository } from './hubRepository.ts';

export interface SeenRequest {
  host: 'hub' | 'cdn';
  path: string;
  authorization: string | null;
  range: string | null;
}

export interface LocalHub {
  endpoint: string;
  requests: SeenRequest[];
  /** Each is used up by as many requests as it says. */
  faults: HubFault[];
  /** Requests without it get 401; null for everybody. */
  token: string | null;
  commitOf(repository: string): string;
  close(): Promise<void>;
}

const pageSize = 3;

/** @param folders by the repository's name; `expected.*` and what the Hub does not know are left out */
export async function startLocalHub(folders: Record<string, string>): Promise<LocalHub> {
  const repositories = new Map<string, { commit: string; files: HubFile[] }>();
  for (const [name, folder] of Object.entries(folders)) repositories.set(name, await readRepository(folder));
  const cdn = createServer((request, response) => answer('cdn', request, response));
  const server = createServer((request, response) => answer('hub', request, response));
  const [endpoint, cdnAddress] = await Promise.all([listen(server), listen(cdn)]);
  const hub: LocalHub = {
    ...{ endpoint, requests: [], faults: [], token: null },
    commitOf: (name) => repositories.get(name)?.commit ?? '',
    close: async () => {
      for (const each of [server, cdn]) each.closeAllConnections();
      await Promise.all([server, cdn].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };

  function answer(host: 'hub' | 'cdn', request: IncomingMessage, response: ServerResponse): unknown {
    const url = new URL(request.url ?? '/', host === 'hub' ? endpoint : cdnAddress);
    const { authorization = null, range = null } = request.headers;
    hub.requests.push({ host, path: url.pathname, authorization, range });
    if (host === 'cdn') return sendBlob(url, request, response);
    if (hub.token !== null && authorization !== `Bearer ${hub.token}`) return fail(response, 401);
    const [, listed] = /^\/api\/models\/([^/]+\/[^/]+)\//.exec(url.pathname) ?? [];
    const [, resolved, path] = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(url.pathname) ?? [];
    const repository = repositories.get(listed ?? resolved ?? '');
    if (!repository) return fail(response, 404);
    if (listed && withFault(hub, { step: 'list', request, response })) return;
    if (listed && url.pathname.includes('/revision/'))
      return json(response, { _id: '1', id: listed, sha: repository.commit, lastModified: '2024-10-22T00:00:00Z' });
    if (listed) return sendTree(url, repository.files, response);
    const file = repository.files.find((each) => each.path === decodeURIComponent(path ?? ''));
    if (!file) return fail(response, 404);
    if (withFault(hub, { step: 'resolve', request, response })) return;
    if (file.sha256 === null) return sendFile(file, request, response);
    response.writeHead(302, {
      location: `${cdnAddress}/${file.sha256}?signed`,
      'x-linked-etag': `"${file.sha256}"`,
      'x-linked-size': file.content.length,
      'x-repo-commit': repository.commit,
    });
    response.end();
  }

  function sendBlob(url: URL, request: IncomingMessage, response: ServerResponse): unknown {
    const all = [...repositories.values()].flatMap(({ files }) => files);
    const file = all.find(({ sha256 }) => sha256 !== null && url.pathname === `/${sha256}`);
    if (!file) return fail(response, 404);
    if (withFault(hub, { step: 'blob', request, response, content: file.content })) return;
    sendFile(file, request, response);
  }
  return hub;
}

function sendTree(url: URL, files: HubFile[], response: ServerResponse): void {
  const page = Number(url.searchParams.get('cursor') ?? 0);
  url.searchParams.set('cursor', String(page + 1));
  if ((page + 1) * pageSize < files.length) response.setHeader('link', `<${url.href}>; rel="next"`);
  json(
    response,
    files.slice(page * pageSize, (page + 1) * pageSize).map(({ path, content, sha256, gitSha1 }) => ({
      type: 'file',
      path,
      size: content.length,
      oid: gitSha1,
      ...(sha256 === null ? {} : { lfs: { oid: sha256, size: content.length, pointerSize: 134 } }),
    })),
  );
}

/** The ETag is the server's own, as a CDN's is: it names nothing. */
export function sendFile(
  { content }: { content: Uint8Array },
  request: IncomingMessage,
  response: ServerResponse,
): unknown {
  const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  response.setHeader('etag', `"${Math.random()}"`);
  if (start > content.length || (start === content.length && start > 0)) return fail(response, 416);
  if (from !== undefined) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
  response.writeHead(from === undefined ? 200 : 206, { 'content-length': content.length - start });
  response.end(content.subarray(start));
}

export function fail(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end('no');
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
