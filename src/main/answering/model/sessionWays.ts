/** In which ways a network is opened, one after the other: a provider, and the numbers that weights are multiplied in. */
import { isBundled, type Provider } from './onnxRuntime.ts';
import type { OpenOptions } from './session.ts';

/** How a graph may be computed. */
export interface Way {
  provider: Provider;
  products: 'as stored' | 'float' | 'half';
}

/** In the order in which they are tried; the CPU as the graph is stored comes last. */
export function waysOf(
  { providers, floatProducts, halfProducts }: Pick<OpenOptions, 'providers' | 'floatProducts' | 'halfProducts'>,
  notify: (text: string) => void,
): Way[] {
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
