/** How fast a model is on this machine, as it was measured by using it. */
import type { ModelPace, ModelSummary, SearchModel } from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { LookSpeed, type SpeedNeeds } from './answering/lookSpeed.ts';
import { indexPace } from './indexPace.ts';

export interface PaceNeeds extends SpeedNeeds {
  library: SpeedNeeds['library'] & Pick<LibraryApi, 'measureSegments'>;
}

const SECONDS_PER_HOUR = 3600;
/** Where nothing is indexed yet: the longest segment, so that the promise is not too short. */
const USUAL_SEGMENT_SEC = 30;

export async function answererPace(
  needs: PaceNeeds,
  model: Pick<ModelSummary, 'version' | 'longestLookSec'>,
): Promise<ModelPace> {
  const speed = await LookSpeed.open(needs, model.version);
  const captions = await indexPace(needs, 'captions', model.version);
  const looksPerHour = SECONDS_PER_HOUR / Math.min(USUAL_SEGMENT_SEC, model.longestLookSec);
  // A look at a question is as good as one for a description, until there was one.
  const perHourSec = await perHour(needs, captions.value);
  return {
    firstWordSec: speed.firstWordSec,
    perHourSec: perHourSec ?? (speed.seconds && speed.seconds * looksPerHour),
  };
}

export async function encoderPace(
  needs: PaceNeeds,
  { name, version }: Pick<SearchModel, 'name' | 'version'>,
): Promise<ModelPace> {
  const looks = await indexPace(needs, 'looks', `${name}@${version}`);
  return { firstWordSec: null, perHourSec: await perHour(needs, looks.value) };
}

/** @param perSegment seconds of work for a segment, null before one was measured */
async function perHour({ library }: PaceNeeds, perSegment: number | null): Promise<number | null> {
  if (perSegment === null) return null;
  const { segments, footageSec } = await library.measureSegments(null);
  const segmentSec = footageSec > 0 ? footageSec / segments : USUAL_SEGMENT_SEC;
  return (perSegment * SECONDS_PER_HOUR) / segmentSec;
}
