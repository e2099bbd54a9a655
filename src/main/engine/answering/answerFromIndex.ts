/**
 * The index's own account, where the model does not know such footage: facts that somebody saw, read or heard, each
 * with its time and its source, and not a word beside them.
 */
import { type AnswerPart, type Evidence, timesOf } from '../../../contract/index.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import { search } from '../search.ts';
import type { AnswerContext, AnswerNeeds } from './answerAbout.ts';
import type { Asked } from './asked.ts';
import { type ChosenLooks, chooseLooks, goesOn } from './chooseLooks.ts';
import { type Fact, factsFound, factsWithin, kindsAskedFor, statementOf } from './facts.ts';
import { judgeQuestion } from './judgeQuestion.ts';
import { spread } from './rankLooks.ts';

/** Facts of an account: more of them nobody reads. */
const MOST_TOLD = 40;
/** Facts of any other answer. */
const MOST_FITTING = 12;

/** @returns null where the model did answer, or nothing that is known fits the question */
export async function answerFromIndex(
  needs: AnswerNeeds,
  { signal }: AnswerContext,
  asked: Asked,
): Promise<AnswerOutput | null> {
  const { item, declined } = asked;
  if (!declined || goesOn(asked) || item.segmentCount === 0) return null;
  const chosen = await chooseLooks(needs.library, asked, signal);
  if (typeof chosen === 'string') return null;
  const { segments } = await needs.library.getMedia(item.id);
  const known = factsWithin(segments, item.kind === 'image' ? segments : chosen.looks);
  if (declined.provenance.stopReason !== 'out-of-domain' && isKnownTo(asked, known)) return null;
  const told = await factsFor(needs, asked, chosen, known);
  return told.length > 0 ? tell(asked, chosen, told) : null;
}

/**
 * What stands beside the answer of a model that looked: the facts that fit, if any. They are shown to the person, and
 * never told to the model.
 */
export async function factsBeside(
  needs: AnswerNeeds,
  { signal }: Pick<AnswerContext, 'signal'>,
  asked: Asked,
): Promise<AnswerPart[]> {
  const { item } = asked;
  if (item.segmentCount === 0 || goesOn(asked)) return [];
  const chosen = await chooseLooks(needs.library, asked, signal);
  if (typeof chosen === 'string') return [];
  const { segments } = await needs.library.getMedia(item.id);
  const known = factsWithin(segments, item.kind === 'image' ? segments : chosen.looks);
  const others = known.filter(({ kind }) => kind !== 'caption'); // these are the model's own words
  const facts = await factsFor(needs, asked, chosen, others);
  return facts.slice(0, MOST_FITTING).map(statementOf);
}

/** It was the question that the model did not know, not the footage. */
function isKnownTo({ model }: Asked, known: readonly Fact[]): boolean {
  return known.some(({ kind, source }) => kind === 'caption' && source === model.name);
}

async function factsFor(
  needs: AnswerNeeds,
  { item }: Asked,
  { question }: ChosenLooks,
  known: readonly Fact[],
): Promise<readonly Fact[]> {
  if (judgeQuestion(question).kind === 'account') return spread(known).slice(0, MOST_TOLD).toSorted(byTime);
  const { hits } = await search(needs, { text: question.slice(0, 500), mediaId: item.id, limit: 50 });
  const found = factsFound(known, hits);
  const kinds = kindsAskedFor(question);
  const ofTheseKinds = (facts: readonly Fact[]) => facts.filter(({ kind }) => kinds.includes(kind));
  const fitting = kinds.length === 0 ? found : [...ofTheseKinds(found), ...ofTheseKinds(known)];
  return [...new Set(fitting)].slice(0, MOST_FITTING).toSorted(byTime);
}

function byTime(a: Fact, b: Fact): number {
  return a.startSec - b.startSec;
}

function tell(asked: Asked, { looks, range }: ChosenLooks, told: readonly Fact[]): AnswerOutput {
  const { model, declined } = asked;
  const who = model.isSampleModel ? 'The sample model' : model.name;
  const summary = `${who} cannot look at this. What the index knows:`;
  const evidence: Evidence = {
    ...{ summary, parts: told.map(statementOf) },
    ...{ unit: 'scene', total: looks.length, lookedAt: [], fromIndex: 0, unknown: looks.length },
  };
  const lines = evidence.parts.map((part) => `${timesOf(part)} ${part.text} (${part.source})`);
  const refusal = (declined as AnswerOutput).provenance;
  const provenance: AnswerOutput['provenance'] = { ...refusal, segment: range, stopReason: 'from-index', evidence };
  return { text: [summary, ...lines].join('\n'), provenance };
}
