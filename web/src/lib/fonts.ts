import display from '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-opsz-normal.woff2?url';
import text from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { preload } from './preload';

/** Loads the fonts before any text asks for them: a heading that changes its font moves what is below it. */
export function preloadFonts(): void {
  for (const href of [text, display])
    preload(href, { as: 'font', type: 'font/woff2', crossorigin: 'anonymous' });
}
