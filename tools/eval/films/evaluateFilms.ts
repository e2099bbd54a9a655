/** Asks the whole program about films, in the window's default mode, and prints how right it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { startProgress } from '../../lib/progress.ts';
import { groupBy } from '../groupBy.ts';
import { percent } from '../score.ts';
import { questionsAbout } from './filmQuestions.ts';
import { type Film, makeFilms } from './makeFilms.ts';
import { type AccountScore, scoreAccount } from './scoreAccount.ts';

/** The first question that the window suggests. */
const FIRST_QUESTION = 'What happens in this clip?';
const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');

export interface FilmEvaluation {
  heldOut: string;
  films: number;
  /** False: the films are only asked about, as a file is that was never indexed. */
  isIndexed: boolean;
  signal: AbortSignal;
}

interface Asked {
  film: string;
  type: string;
  question: string;
  text: string;
  isRight: boolean;
}

export async function evaluateFilms({ heldOut, films: count, isIndexed, signal }: FilmEvaluation): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-films-'));
  const engine = await createEngine({
    version: 'eval',
    libraryFolder: join(folder, 'library'),
    resourcesFolder,
    spawnHost: forkHost,
  });
  try {
    const films = await makeFilms(heldOut, join(folder, 'films'), count, signal);
    if (isIndexed) await engine.api.addToLibrary({ paths: [join(folder, 'films')] });
    await engine.whenIdle();
    return await askAll(engine, films, signal);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function askAll(engine: Engine, films: readonly Film[], signal: AbortSignal): Promise<string> {
  const progress = startProgress('asking', films.length);
  const accounts: AccountScore[] = [];
  const asked: Asked[] = [];
  try {
    for (const film of films) {
      const account = await ask(engine, film, FIRST_QUESTION);
      accounts.push(scoreAccount(film, account.provenance?.evidence?.parts ?? []));
      for (const { type, question, isRight } of questionsAbout(film)) {
        signal.throwIfAborted();
        const answer = await ask(engine, film, question);
        asked.push({ film: film.path, type, question, text: answer.text, isRight: isRight(answer) });
      }
      progress.step();
    }
  } finally {
    progress.end();
  }
  for (const { film, type, question, text } of asked.filter(({ isRight }) => !isRight)) {
    console.error(`${film.split('/').at(-1)} [${type}] ${question} -> ${text.replaceAll('\n', ' | ')}`);
  }
  return report(films, accounts, asked);
}

async function ask(engine: Engine, film: Film, question: string): Promise<Message> {
  const { conversationId } = await engine.api.ask({ source: { path: film.path }, question });
  await engine.whenIdle();
  return (await engine.api.getConversation({ conversationId })).messages.at(-1) as Message;
}

function report(films: readonly Film[], accounts: readonly AccountScore[], asked: readonly Asked[]): string {
  const sum = (key: keyof AccountScore) => accounts.reduce((total, score) => total + score[key], 0);
  const scenes = films.reduce((total, film) => total + film.scenes.length, 0);
  const rows = [
    ['things named that exist in the cited scene', sum('named'), percent(sum('namedRight'), sum('named'))],
    ['existing things named', sum('existing'), percent(sum('existingNamed'), sum('existing'))],
    ['sounds named, with their number', sum('sounds'), percent(sum('soundsNamed'), sum('sounds'))],
    ...[...groupBy(asked, ({ type }) => type.split(',')[0] as string)].map(typeRow),
    ...[
      ...groupBy(
        asked.filter(({ type }) => type.startsWith('order')),
        ({ type }) => type,
      ),
    ].map(typeRow),
  ];
  return [
    `${films.length} films of ${scenes} scenes, "${FIRST_QUESTION}" and ${asked.length} other questions:`,
    '',
    '| what | of | right |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function typeRow([type, questions]: [string, Asked[]]): (string | number)[] {
  return [type, questions.length, percent(questions.filter(({ isRight }) => isRight).length, questions.length)];
}
