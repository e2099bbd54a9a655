/** Small versions of `npm run attack` by broken files. */
import { describe, expect, it } from 'vitest';
import { brokenMedia, brokenSubtitles } from '../../attack/attacks/brokenMedia.ts';

const patienceMs = 600_000;

for (const attack of [...brokenMedia, brokenSubtitles]) {
  if (attack.missing) console.warn(`skipped: ${attack.name}, since ${attack.missing}`);
  describe.skipIf(attack.missing)(attack.name, () => {
    it(`never: ${attack.never}`, { timeout: patienceMs }, async () => {
      expect(await attack.run(1)).toBeNull();
    });

    it('is seen where a reader leaves things behind', { timeout: patienceMs }, async () => {
      expect(await attack.control(1)).not.toBeNull();
    });
  });
}
