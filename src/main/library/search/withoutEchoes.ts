/** What is said or stands on the screen across a cut is known of both segments; the moment is the first one. */
import { columnOf, isKnowledgeKind } from '../../../contract/index.ts';
import type { FoundPlace } from './explainMatch.ts';
import { isNear, type JudgedHit } from './judgeCandidates.ts';

/**
 * Without the hits that have nothing but the rest of a cue whose beginning is a hit as well, or a sign that stood there
 * in the segment before.
 */
export function withoutEchoes(hits: readonly JudgedHit[]): JudgedHit[] {
  const begun = new Set(
    hits.flatMap((hit) =>
      placesIn(hit)
        .filter((place) => begins(place, hit))
        .map(keyIn(hit)),
    ),
  );
  const signs = new Set(hits.flatMap((hit) => placesIn(hit).filter(isSign).map(signKey(hit, hit.endSec))));
  const isOld = (hit: JudgedHit) => (place: FoundPlace) =>
    isSign(place) && signs.has(signKey(hit, hit.startSec)(place));
  return hits.filter((hit) => {
    const places = placesIn(hit);
    if (places.length > 0 && places.every(isOld(hit)) && !isNear(hit)) return false;
    const isRest = places.length > 0 && places.every((place) => isRestOf(place, hit) && begun.has(keyIn(hit)(place)));
    return !isRest || isNear(hit);
  });
}

function placesIn({ explanation }: JudgedHit): FoundPlace[] {
  return explanation.places.filter(({ startSec }) => startSec !== null);
}

function isSign({ kind }: FoundPlace): boolean {
  return isKnowledgeKind(kind) && columnOf(kind).isGlued === true;
}

/** A segment begins where the one before ends, up to rounding. */
function signKey({ mediaId }: JudgedHit, borderSec: number) {
  return ({ source, text }: FoundPlace) => `${mediaId}\n${source}\n${borderSec.toFixed(1)}\n${text}`;
}

function isRestOf(place: FoundPlace, hit: JudgedHit): boolean {
  return isKnowledgeKind(place.kind) && columnOf(place.kind).runsOn === true && !begins(place, hit);
}

function begins({ startSec }: FoundPlace, hit: JudgedHit): boolean {
  return startSec !== null && startSec >= hit.startSec;
}

function keyIn({ mediaId }: JudgedHit) {
  return ({ source, startSec, text }: FoundPlace) => `${mediaId}\n${source}\n${startSec}\n${text}`;
}
