/** In which ways a network is opened, one after the other: a provider, and the numbers that weights are multiplied in. */
import { isBundled, type Provider } from './onnxRuntime.ts';

/** How a graph may be computed. */
export interface Way {
  provider: Provider;
  products: 'as stored' | 'float' | 'half';
}

export interface WayOptions {
  /** Tried in this order, the CPU always last. Names that this build does not know are refused with a notice. */
  providers: readonly string[];
  /** Packed weights are multiplied with floats, which is exact and slow: for comparing providers. */
  floatProducts?: boolean;
  /** Weights are multiplied in fp16, where the provider can; where that overflows, in fp32 on the same provider. */
  halfProducts?: boolean;
}

/** In the order in which they are tried; the CPU as the graph is stored comes last. */
export function waysOf({ providers, floatProducts, halfProducts }: WayOptions, notify: (text: string) => void): Way[] {
  const strange = providers.filter((name) => !isBundled(name));
  for (const name of strange) notify(`${name} is not part of this build; the next provider is tried.`);
  const products = floatProducts ? 'float' : 'as stored';
  return [...providers.filter(isBundled).filter((name) => name !== 'cpu'), 'cpu' as const].flatMap((provider) => {
    const isHalf = halfProducts && (provider !== 'cpu' || providers.every((name) => name === 'cpu'));
    return [...(isHalf ? [{ provider, products: 'half' } as const] : []), { provider, products } as const];
  });
}

/** In words. */
export function nameOf({ provider, products }: Way): string {
  const name = provider === 'cpu' ? 'the CPU' : provider;
  return products === 'half' ? `${name} in fp16` : name;
}
