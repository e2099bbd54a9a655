import type { ParseArgsConfig, parseArgs } from 'node:util';

export function readArguments<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>>;
export function refuseArguments(problem: string, usage: string): never;
export function readNumber(text: string, option: { name: string; usage: string; least?: number }): number;
export function readChoice<const C extends string>(
  text: string,
  option: { name: string; usage: string; choices: readonly C[] },
): C;
