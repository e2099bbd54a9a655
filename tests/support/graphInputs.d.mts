export interface GraphInput {
  name: string;
  dims: readonly number[];
  type: string;
}
export const inputSorts: number;
export function graphInput(input: GraphInput, sort: number): Float32Array<ArrayBuffer>;
export function noise(dims: readonly number[], seed: number): Float32Array<ArrayBuffer>;
