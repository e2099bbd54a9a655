/** "Is the square purple and the triangle yellow?": two claims in one question, of which both are to hold. */
import type { Atom } from './atoms.ts';
import type { Plan } from './frame.ts';
import { yesOrNo } from './retell.ts';

const subjects = ['thing', 'kind', 'sound'];
const claims = ['colour', 'size', 'deed', 'kind', 'way'];

/**
 * @param planFor reads one claim; null where it cannot
 * @returns null where these are no two claims, each answered by one question to the model
 */
export function bothHold(parts: readonly Atom[], planFor: (claim: readonly Atom[]) => Plan | null): Plan | null {
  const halves = splitClaims(parts);
  const [one, other] = halves?.map(planFor) ?? [];
  if (!one || !other || [one, other].some(({ further, takesForGranted }) => further ?? takesForGranted)) return null;
  const told = (plan: Plan, answer: string) => plan.tell?.(answer, []) ?? answer;
  return {
    kind: 'both hold',
    asked: one.asked,
    further: () => [{ question: other.asked }],
    tell: (answer, [second = '']) =>
      [told(one, answer), told(other, second)].find((text) => !/^(Yes|No)/.test(text)) ??
      yesOrNo([told(one, answer), told(other, second)].every((text) => text === 'Yes.')),
  };
}

/** Of two subjects each with its claim, or of one subject with two. */
function splitClaims(parts: readonly Atom[]): [Atom[], Atom[]] | null {
  const [a, b, c, d] = parts;
  if (!a || !b || !c || !subjects.includes(a.kind) || a.kind === 'sound' || !claims.includes(b.kind)) return null;
  if (parts.length === 3 && ['colour', 'size', 'deed'].includes(c.kind) && c.kind !== b.kind)
    return [
      [a, b],
      [a, c],
    ];
  const isOfTwo = parts.length === 4 && d && c.kind === a.kind && claims.includes(d.kind) && d.kind !== 'kind';
  return isOfTwo && b.kind !== 'kind'
    ? [
        [a, b],
        [c, d],
      ]
    : null;
}
