// Applies the theme, and stores it for app.html, which applies it before the first paint.
import type { Preferences } from './preferences';

type Theme = NonNullable<Preferences['theme']>;

const BACKGROUND = { dark: '#0b0d12', light: '#f7f8fa' };

/** `store` is false for the player, which is always dark. */
export function applyTheme(theme: Theme, store = true): void {
  if (store) localStorage.setItem('kinometa.theme', theme);
  const light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  const shown = light ? 'light' : 'dark';
  document.documentElement.dataset.theme = shown;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', BACKGROUND[shown]);
}
