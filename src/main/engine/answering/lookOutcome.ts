/** What was asked and said, as the answer of a conversation: its text, its parts, and what was looked at. */
import type { Evidence, LookOffer, Modality, Provenance, Segment } from '../../../contract/index.ts';
import { describeOffer, outOfDomainAnswer, timesOf } from '../../../contract/index.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { Look } from './cutLooks.ts';
import type { LookRound, RoundInput } from './lookRound.ts';
import type { Joined, Reply, Way } from './way.ts';

export interface LookOutcome extends Pick<RoundInput, 'needs' | 'item' | 'model' | 'modality' | 'unit'> {
  range: Segment;
  looks: readonly Look[];
  way: Way;
  round: LookRound;
}

interface End {
  stopReason: 'eos' | 'cancelled' | 'needs-consent';
  offer?: LookOffer;
}

export function outcomeOf(outcome: LookOutcome, end: End): AnswerOutput {
  const { looks, way, round, unit } = outcome;
  if (end.offer) return { text: describeOffer(end.offer), provenance: provenanceOf(outcome, end) };
  if (round.declined) return round.declined;
  const replies = inTime(round.replies);
  if (replies.length === 0 && round.unknown.size > 0 && end.stopReason === 'eos') return unknownFootage(outcome);
  const answered = new Set(replies.map(({ look }) => look));
  const joined = way.join(replies, { unit, total: looks.length - round.unknown.size, lookedAt: answered.size });
  return { text: textOf(joined), provenance: provenanceOf(outcome, end, joined) };
}

export function inTime(replies: readonly Reply[]): Reply[] {
  return replies.toSorted((a, b) => a.look.startSec - b.look.startSec);
}

/** The summary, then each part that says something, behind its time. */
function textOf({ summary, parts }: Joined): string {
  const lines = parts.filter(({ text }) => text !== '').map((part) => `${timesOf(part)} ${part.text}`);
  return [summary, ...lines].filter(Boolean).join('\n');
}

function unknownFootage(outcome: LookOutcome): AnswerOutput {
  const [first] = outcome.round.unknown.values();
  const { stopReason, domain } = (first as AnswerOutput).provenance;
  const provenance = provenanceOf(outcome, { stopReason: 'eos' }, { summary: outOfDomainAnswer, parts: [] });
  return { text: first?.text ?? outOfDomainAnswer, provenance: { ...provenance, stopReason, domain } };
}

function provenanceOf(outcome: LookOutcome, { stopReason, offer }: End, joined?: Joined): Provenance {
  const { needs, model, round, range } = outcome;
  const { example, figures, watch } = round;
  return {
    model: model.name,
    provider: example?.provider ?? needs.hosts.loaded?.provider ?? 'index',
    modality: example?.modality ?? sensesOf(outcome),
    segment: range,
    ...figures,
    timings: watch.timings,
    stopReason,
    ...(offer ? { offer } : {}),
    ...(joined ? { evidence: evidenceOf(outcome, joined) } : {}),
  };
}

function evidenceOf({ looks, round, unit }: LookOutcome, joined: Joined): Evidence {
  const answered = new Set(round.replies.map(({ look }) => look));
  const lookedAt = looks.filter((look) => answered.has(look) || round.unknown.has(look));
  return {
    ...joined,
    unit,
    total: looks.length,
    lookedAt: lookedAt.map(({ startSec, endSec }) => ({ startSec, endSec })),
    fromIndex: lookedAt.filter((look) => answered.has(look) && !round.has(look)).length,
    unknown: round.unknown.size,
  };
}

/** What a caption of the index was made from. */
function sensesOf({
  item,
  modality,
  model,
}: Pick<LookOutcome, 'item' | 'modality' | 'model'>): Exclude<Modality, 'auto'> {
  if (modality !== 'auto') return modality;
  if (item.kind === 'audio') return 'audio';
  return item.hasAudio && model.modalities.includes('av') ? 'av' : 'video';
}
