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

/** One line for each provider, and one for each part that is not where it was asked for: "connector on cpu: …". */
export function describeParts(parts: readonly PartPlacement[]): string[] {
  const asked = parts.filter(({ reason }) => reason === null);
  const others = parts.filter(({ reason }) => reason !== null);
  const groups = [...new Set(asked.map(({ provider }) => provider))].map(
    (provider) => `${namesOf(asked.filter((part) => part.provider === provider))} on ${provider}`,
  );
  return [...groups, ...others.map((part) => `${namesOf([part])} on ${part.provider}: ${part.reason}`)];
}

function namesOf(parts: readonly PartPlacement[]): string {
  return parts.map(({ part }) => partNames[part]).join(', ');
}
