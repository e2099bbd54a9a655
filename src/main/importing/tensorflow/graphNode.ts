/** One operator of a TensorFlow graph and its attributes, as JSON writes a GraphDef: text as base64, 64-bit numbers as text. */
import * as z from 'zod';

const whole = z.union([z.number(), z.string()]);
const listSchema = z.object({
  i: z.array(whole).optional(),
  f: z.array(z.number()).optional(),
  s: z.array(z.string()).optional(),
});
const shapeSchema = z.object({
  dim: z.array(z.object({ size: whole.optional() })).optional(),
  unknownRank: z.boolean().optional(),
});
const attributeSchema = z.object({
  i: whole.optional(),
  f: z.number().optional(),
  b: z.boolean().optional(),
  s: z.string().optional(),
  type: z.string().optional(),
  shape: shapeSchema.optional(),
  list: listSchema.optional(),
});

export const graphNodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

/** Where an input comes from: an output of another operator. */
export interface Source {
  node: string;
  output: number;
}

/** `name:1` is the second output of `name`. */
export function readSource(text: string): Source {
  const colon = text.lastIndexOf(':');
  const output = colon < 0 ? Number.NaN : Number(text.slice(colon + 1));
  return Number.isInteger(output) ? { node: text.slice(0, colon), output } : { node: text, output: 0 };
}

/** Inputs that carry values; `^name` is only an order to keep. */
export function sourcesOf(node: GraphNode): Source[] {
  return node.input.filter((input) => !input.startsWith('^')).map(readSource);
}

export function integer(node: GraphNode, name: string, otherwise: number): number {
  return Number(node.attr[name]?.i ?? otherwise);
}

export function float(node: GraphNode, name: string, otherwise: number): number {
  return node.attr[name]?.f ?? otherwise;
}

export function flag(node: GraphNode, name: string): boolean {
  return node.attr[name]?.b ?? false;
}

export function integers(node: GraphNode, name: string): number[] {
  return (node.attr[name]?.list?.i ?? []).map(Number);
}

export function text(node: GraphNode, name: string): string {
  return decode(node.attr[name]?.s ?? '');
}

export function texts(node: GraphNode, name: string): string[] {
  return (node.attr[name]?.list?.s ?? []).map(decode);
}

/** `DT_FLOAT` and the like; the empty string when the node does not say. */
export function typeOf(node: GraphNode, name: string): string {
  return node.attr[name]?.type ?? '';
}

/** Sizes of a tensor, -1 for those that vary; null when not even their number is known. */
export function shapeOf(node: GraphNode, name: string): number[] | null {
  const shape = node.attr[name]?.shape;
  if (!shape || shape.unknownRank) return null;
  return (shape.dim ?? []).map(({ size }) => Number(size ?? 0));
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
