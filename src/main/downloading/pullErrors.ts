/** What goes wrong while a model is fetched, as one sentence each; and what is worth another try. */
import { type ErrorInfo, PlayheadError } from '../../contract/index.ts';
import { diskFull, isDiskFull } from '../ports/diskFull.ts';
import { HttpFailure } from './httpFailure.ts';

/** The server's file is not as large as it was listed. */
export class ChangedFile extends Error {
  readonly size: number;

  constructor(size: number) {
    super(`the server's file has ${size} bytes`);
    this.size = size;
  }
}

/** True where the same request may succeed a moment later. */
export function isPassing(thrown: unknown): boolean {
  if (thrown instanceof PlayheadError || thrown instanceof ChangedFile || isDiskFull(thrown)) return false;
  if (thrown instanceof HttpFailure) return thrown.status >= 500 || thrown.status === 429 || thrown.status === 408;
  return !isFileTrouble(thrown);
}

/** What our own disk says; what a socket says has other codes. */
function isFileTrouble(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return /^(EACCES|EPERM|EROFS|ENOENT|EISDIR|ENOTDIR|EIO|EMFILE|ENFILE|EFBIG)$/.test(code);
}

export interface PullPlace {
  endpoint: string;
  repository: string;
  /** Below the repository. */
  path?: string;
  /** Where it is written. */
  file?: string;
}

/** Any thrown value as what a person is told. */
export function pullError(thrown: unknown, place: PullPlace): PlayheadError {
  if (thrown instanceof PlayheadError) return thrown;
  if (isDiskFull(thrown)) return diskFull('the model could not be fetched', { file: place.file, cause: thrown });
  if (thrown instanceof ChangedFile) return changed(thrown, place);
  if (thrown instanceof HttpFailure) return new PlayheadError(refusal(thrown.status, place), { cause: thrown });
  if (isFileTrouble(thrown))
    return new PlayheadError(
      {
        code: 'file-unreadable',
        message: 'A file of the model could not be written or read.',
        hint: 'Look at the folder’s permissions and its disk, then resume.',
        file: place.file,
      },
      { cause: thrown },
    );
  return new PlayheadError(
    {
      code: 'unreachable',
      message: `The connection to ${hostOf(place)} broke off, and nothing came for several tries.`,
      hint: 'What was fetched is kept. Look at the network, then resume.',
    },
    { cause: thrown },
  );
}

function refusal(status: number, place: PullPlace): ErrorInfo {
  const { endpoint, repository, path } = place;
  const what = path === undefined ? repository : `${path} of ${repository}`;
  if (status === 401)
    return {
      code: 'token-needed',
      message: `${hostOf(place)} does not give ${what} without a token that it knows.`,
      hint: `Look whether the name is right; if so, make a token with the right to read at ${endpoint}/settings/tokens and give it under Models, Settings (or \`playhead models token\`).`,
    };
  if (status === 403)
    return {
      code: 'terms-needed',
      message: `${hostOf(place)} gives ${what} only to those who accepted its terms.`,
      hint: `Read and accept them at ${endpoint}/${repository}, signed in as the owner of your token (Models, Settings, or \`playhead models token\`), then resume.`,
    };
  if (status === 404)
    return {
      code: 'not-found',
      message: `${hostOf(place)} has no ${what}.`,
      hint: 'Look at the name and the revision.',
    };
  if (status === 416) return changedInfo(place);
  if (status === 429)
    return {
      code: 'rate-limited',
      message: `${hostOf(place)} wants fewer requests for now.`,
      hint: 'What was fetched is kept. Resume in some minutes; with a token the limit is higher.',
    };
  return {
    code: 'unreachable',
    message: `${hostOf(place)} answered ${status} to the request for ${what}.`,
    hint: 'What was fetched is kept. Resume later.',
  };
}

function changed(thrown: ChangedFile, place: PullPlace): PlayheadError {
  return new PlayheadError(changedInfo(place), { cause: thrown });
}

function changedInfo(place: PullPlace): ErrorInfo {
  return {
    code: 'download-changed',
    message: `${hostOf(place)} has another ${place.path ?? 'file'} than it listed for this revision.`,
    hint: 'Nothing of it is used. Try again later, or use another endpoint.',
    file: place.file,
  };
}

/** @param aside where what came was put */
export function damaged(place: PullPlace, aside: string): PlayheadError {
  return new PlayheadError({
    code: 'download-damaged',
    message: `What came as ${place.path} is not what ${place.repository} lists: its hash is another.`,
    hint: 'It was set aside and is not used. Start again, which fetches this file anew; if that ends the same, use another endpoint.',
    file: aside,
  });
}

function hostOf({ endpoint }: PullPlace): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host || endpoint : endpoint;
}
