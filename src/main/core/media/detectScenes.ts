/** @returns seconds at which a new scene begins, in order, without 0 */
export async function detectScenes(_path: string, _options: { signal?: AbortSignal } = {}): Promise<number[]> {
  throw new Error('not yet');
}
