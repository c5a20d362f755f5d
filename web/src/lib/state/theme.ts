// Applies the theme to the page and leaves it where static/theme.js finds it before the first paint.
import type { Preferences } from './session.svelte';

type Theme = NonNullable<Preferences['theme']>;

const GROUND = { dark: '#0b0d12', light: '#f7f8fa' };

/** `keep` is false where a page is dark whatever the person chose: the player. */
export function applyTheme(theme: Theme, keep = true): void {
  if (keep) localStorage.setItem('kinometa.theme', theme);
  const light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  const shown = light ? 'light' : 'dark';
  document.documentElement.dataset.theme = shown;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[shown]);
}
