/** Every attack of `npm run attack`, the cheap ones first. */
import type { Attack } from '../attack.ts';
import { brokenMedia, brokenSubtitles } from './brokenMedia.ts';
import { flood } from './flood.ts';
import { foreignPage } from './foreignPage.ts';
import { indexMutations } from './indexMutations.ts';
import { kills } from './kills.ts';
import { loopDelay } from './loopDelay.ts';
import { mutations } from './mutations.ts';
import { otherAccount } from './otherAccount.ts';
import { programKills } from './programKills.ts';
import { requests } from './requests.ts';
import { storageTroubles } from './storageTroubles.ts';

export const attacks: Attack[] = [
  kills,
  ...mutations,
  ...indexMutations,
  requests,
  flood,
  foreignPage,
  otherAccount,
  loopDelay,
  brokenSubtitles,
  ...brokenMedia,
  programKills,
  ...storageTroubles.map(({ attack }) => attack),
];
