/** A phone, or a small window at a large text size: what stands side by side elsewhere is behind a button here. */
import { useMediaQuery } from '@vueuse/core';
import type { Ref } from 'vue';

/** The same width stands in the components' media queries. CSS pixels. */
const NARROW = '(max-width: 640px)';

export function useIsNarrow(): Readonly<Ref<boolean>> {
  return useMediaQuery(NARROW);
}
