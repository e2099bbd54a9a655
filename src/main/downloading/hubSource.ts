/** A Hub, or a mirror that speaks its protocol, as a source of models. Source: `@huggingface/hub`, huggingface.co/docs/hub/api. */
import { downloadFile, listFiles, modelInfo } from '@huggingface/hub';
import { type HubAccess, hubFetch } from './hubFetch.ts';
import type { ListedFile, ModelSource, OpenRequest } from './modelSource.ts';
import { ChangedFile } from './pullErrors.ts';

export const publicHub = 'https://huggingface.co';

export interface HubOptions extends HubAccess {
  /** Fetch large files in pieces (Xet); mirrors cannot. */
  xet?: boolean;
}

export function hubSource(options: HubOptions): ModelSource {
  const hubUrl = options.endpoint.replace(/\/+$/, '');
  const send = hubFetch({ ...options, endpoint: hubUrl });
  const xet = options.xet ?? hubUrl === publicHub;
  const accessToken = options.token ?? undefined;

  /** The library's requests know no signal: it is put into each. */
  const sendUntil =
    (signal: AbortSignal | undefined): typeof fetch =>
    (input, init) =>
      send(input, { ...init, signal });

  async function plain({ listing, file, offset, signal }: OpenRequest): Promise<AsyncIterable<Uint8Array>> {
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
    if (accessToken) headers.authorization = `Bearer ${accessToken}`;
    const response = await send(`${hubUrl}/${listing.repository}/resolve/${listing.commit}/${path}`, {
      headers: { ...headers, 'accept-encoding': 'identity' },
      signal,
    });
    return from(response, file, offset);
  }

  return {
    async list(repository, revision, signal) {
      const common = { hubUrl, accessToken, fetch: sendUntil(signal) };
      const { sha: commit } = await modelInfo({
        ...common,
        name: repository,
        revision: revision ?? 'main',
        additionalFields: ['sha'],
      });
      const files: ListedFile[] = [];
      for await (const entry of listFiles({ ...common, repo: repository, revision: commit, recursive: true }))
        if (entry.type === 'file')
          files.push({
            path: entry.path,
            size: entry.lfs?.size ?? entry.size,
            sha256: entry.lfs?.oid ?? null,
            gitSha1: entry.lfs ? null : (entry.oid ?? null),
            ...(entry.xetHash ? { hasPieces: true } : {}),
          });
      return { repository, commit, files };
    },

    async open(request) {
      const { listing, file, offset, failures, signal } = request;
      if (!xet || !file.hasPieces || failures > 0) return plain(request);
      const { repository: repo, commit: revision } = listing;
      const blob = await downloadFile({
        hubUrl,
        accessToken,
        fetch: sendUntil(signal),
        repo,
        revision,
        path: file.path,
      });
      return blob === null ? plain(request) : blob.slice(offset).stream();
    },
  };
}

/** A server may send all of it although a part was asked for; what it skips over is passed by. */
async function* skip(body: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of body) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

function from(response: Response, file: ListedFile, offset: number): AsyncIterable<Uint8Array> {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  const isPart = response.status === 206;
  if (isPart && Number(start) !== offset)
    throw new Error('the server sent another part of the file than was asked for');
  if (isPart && Number(total) !== file.size) throw new ChangedFile(Number(total));
  const length = response.headers.get('content-length');
  if (!isPart && length !== null && Number(length) !== file.size) throw new ChangedFile(Number(length));
  const body = response.body ?? new Blob([]).stream();
  return isPart ? body : skip(body, offset);
}
