import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { staticIcon } from '../../scripts/static-icons.mjs';

const folder = 'node_modules/@lucide/svelte/dist/icons';

/** The source of an icon's component; the name may be an alias. */
function source(name: string): string {
  const file = /"\.\/([\w-]+\.svelte)"/.exec(readFileSync(`${folder}/${name}.js`, 'utf8'))?.[1];
  return readFileSync(`${folder}/${file}`, 'utf8');
}

it('writes the shapes of an icon into its template', () => {
  expect(staticIcon(source('check'))).toContain('<path d="M20 6 9 17l-5-5" /></svg>');
});

it('makes every icon in use static', () => {
  const names = [...readFileSync('src/lib/icons.ts', 'utf8').matchAll(/svelte\/icons\/([\w-]+)'/g)];
  expect(names.length).toBeGreaterThan(50);
  for (const [, name] of names) expect(staticIcon(source(name as string))).not.toContain('undefined="');
});

it('fails clearly if Lucide changes the format of its icons', () => {
  expect(() => staticIcon('<svg />')).toThrow('static-icons.mjs has to follow');
});
