/** The quirks of checkpoints' weight names: each has its home here and nowhere else. */

/** The name under which the networks ask for a tensor. */
export function canonicalName(name: string): string {
  return (
    name
      // torch ≥ 2 saves weight norm as a parametrization.
      .replace('.parametrizations.weight.original0', '.weight_g')
      .replace('.parametrizations.weight.original1', '.weight_v')
  );
}
