/** Small versions of `npm run attack` by those who are not meant to read: another account, a page of another origin. */
import { describe, expect, it } from 'vitest';
import { foreignPage, visit } from '../../attack/attacks/foreignPage.ts';
import { otherAccount } from '../../attack/attacks/otherAccount.ts';

const patienceMs = 300_000;

for (const { name, missing } of [foreignPage, otherAccount]) {
  if (missing) console.warn(`skipped: ${name}, since ${missing}`);
}

describe.skipIf(foreignPage.missing)('a page of another origin in Chromium', () => {
  it(`never: ${foreignPage.never}`, { timeout: patienceMs }, async () => {
    expect(await visit(5)).toBeNull();
  });

  it('gets what a careless server gives', { timeout: patienceMs }, async () => {
    expect(await foreignPage.control(1)).not.toBeNull();
  });
});

describe.skipIf(otherAccount.missing)(otherAccount.name, () => {
  it(`never: ${otherAccount.never}`, { timeout: patienceMs }, async () => {
    expect(await otherAccount.run(1)).toBeNull();
  });

  it('reads all of a library whose files are not private', { timeout: patienceMs }, async () => {
    expect(await otherAccount.control(1)).not.toBeNull();
  });
});
