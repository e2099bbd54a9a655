export * from './calls.ts';
export * from './domain.ts';
export * from './errors.ts';
export * from './greeting.ts';
export * from './parts.ts';
export * from './rpc.ts';
export * from './types.ts';
export * from './wording.ts';
