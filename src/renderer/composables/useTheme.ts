/** Light, dark, or as the system says; the choice is kept. */
import { useLocalStorage, usePreferredDark } from '@vueuse/core';
import { computed, watchEffect } from 'vue';

export type ThemeChoice = 'system' | 'light' | 'dark';

export function useTheme() {
  const choice = useLocalStorage<ThemeChoice>('playhead-theme', 'system');
  const systemIsDark = usePreferredDark();
  const isDark = computed(() => (choice.value === 'system' ? systemIsDark.value : choice.value === 'dark'));
  watchEffect(() => {
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
  });

  /** To the other theme; back to following the system when that is what the system shows. */
  function toggle(): void {
    const wanted = isDark.value ? 'light' : 'dark';
    const system = systemIsDark.value ? 'dark' : 'light';
    choice.value = wanted === system ? 'system' : wanted;
  }
  return { choice, isDark, toggle };
}
