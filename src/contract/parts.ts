/** Where the networks of a model run, in words for a person. */

/** The networks of a model; `image` and `text` are those of search. */
export type ModelPartName = 'vision' | 'connector' | 'audio' | 'audioProjector' | 'decoder' | 'image' | 'text';

/** Where a network of the model runs. */
export interface PartPlacement {
  part: ModelPartName;
  /** "cpu", "webgpu" */
  provider: string;
  /** Why it is not the provider that was asked for, in words. */
  reason: string | null;
}

export const partNames: Record<ModelPartName, string> = {
  vision: 'vision tower',
  connector: 'connector',
  audio: 'audio tower',
  audioProjector: 'audio projector',
  decoder: 'language model',
  image: 'image encoder',
  text: 'text encoder',
};

/** True where something beside the CPU was asked for. */
export function isPlaced(parts: readonly PartPlacement[]): boolean {
  return parts.some(({ provider, reason }) => provider !== 'cpu' || reason !== null);
}

/** One line for the parts that run at the same place for the same reason: "connector on cpu: …". */
export function describeParts(parts: readonly PartPlacement[]): string[] {
  const placeOf = ({ provider, reason }: PartPlacement) => (reason === null ? provider : `${provider}: ${reason}`);
  return [...new Set(parts.map(placeOf))].map((place) => {
    const here = parts.filter((part) => placeOf(part) === place);
    return `${here.map(({ part }) => partNames[part]).join(', ')} on ${place}`;
  });
}
