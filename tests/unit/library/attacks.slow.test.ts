/** Small versions of `npm run attack`, each with a control that fails. */
import { describe, expect, it } from 'vitest';
import { indexMutations } from '../../attack/attacks/indexMutations.ts';
import { kills } from '../../attack/attacks/kills.ts';
import { mutations } from '../../attack/attacks/mutations.ts';
import { requests } from '../../attack/attacks/requests.ts';

describe.each([
  { attack: kills, cases: 6 },
  ...[...mutations, ...indexMutations].map((attack) => ({ attack, cases: 25 })),
  { attack: requests, cases: 1 },
])('$attack.name', ({ attack, cases }) => {
  it(`never: ${attack.never}`, async () => {
    for (let seed = 1; seed <= cases; seed++) expect(await attack.run(seed), `seed ${seed}`).toBeNull();
  });

  it('is seen where the protection is taken away', async () => {
    let seen: string | null = null;
    for (let seed = 1; seed <= attack.controlCases && !seen; seed++) seen = await attack.control(seed);
    expect(seen).not.toBeNull();
  });
});
