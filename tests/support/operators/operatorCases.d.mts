export interface OperatorCase {
  op: string;
  about?: string;
}
export const operatorCases: OperatorCase[];
export function titleOf(each: OperatorCase): string;
export function operatorGraph(each: OperatorCase): { json: object; weights: Buffer; outputs: string[] };
export function operatorInput(dims: readonly number[], index: number): Float32Array<ArrayBuffer>;
