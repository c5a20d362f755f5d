// Applies the theme to the page and leaves it where static/theme.js finds it before the first paint.
import type { Preferences } from './session.svelte';

type Theme = NonNullable<Preferences['theme']>;

const GROUND = { dark: '#0b0d12', light: '#f7f8fa' };

export function applyTheme(theme: Theme): void {
  localStorage.setItem('kinometa.theme', theme);
  const light = theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  const shown = light ? 'light' : 'dark';
  document.documentElement.dataset.theme = shown;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[shown]);
}
