/** Small versions of `npm run attack` on the whole program; those that compare times are run by that command alone. */
import { describe, expect, it } from 'vitest';
import { killAgainAndAgain, programKills } from '../../attack/attacks/programKills.ts';
import { storageTroubles, troubleAtMoments } from '../../attack/attacks/storageTroubles.ts';

/** The program is started several times, on a machine that may be doing other things. */
const patienceMs = 600_000;

describe.skipIf(programKills.missing)(programKills.name, () => {
  it(`never: ${programKills.never}`, { timeout: patienceMs }, async () => {
    expect(await killAgainAndAgain(7, 4)).toBeNull();
  });

  it('is seen where the journal is forgotten', { timeout: patienceMs }, async () => {
    expect(await programKills.control(1)).not.toBeNull();
  });
});

describe.skipIf(storageTroubles[0]?.attack.missing).each(storageTroubles)('$attack.name', ({ attack, trouble }) => {
  it(`never: ${attack.never}`, { timeout: patienceMs }, async () => {
    expect(await troubleAtMoments(7, trouble, 2)).toBeNull();
  });

  it('is seen where nothing waits', { timeout: patienceMs }, async () => {
    expect(await attack.control(1)).not.toBeNull();
  });
});
