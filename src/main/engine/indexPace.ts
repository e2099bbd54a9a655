/** Seconds that a segment of the index takes, of a model's captions or an encoder's vectors, as it was measured here. */
import type { AddedKnowledge } from '../../contract/index.ts';
import type { SpeedNeeds } from './answering/lookSpeed.ts';
import { MeasuredMean } from './measuredMean.ts';

/** @param of the model's version, or the name of the encoder's vector space */
export async function indexPace(
  { library, device }: SpeedNeeds,
  adds: AddedKnowledge,
  of: string,
): Promise<MeasuredMean> {
  return MeasuredMean.open(library, `pace.${adds}.${of}.${await device.choice()}`);
}
