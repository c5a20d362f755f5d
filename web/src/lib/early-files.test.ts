import { expect, it } from 'vitest';
import { withEarlyFiles } from '../../scripts/early-files.mjs';

const MANIFEST = {
  'nodes/5.js': { file: 'nodes/5.js', imports: ['_shared.js'] },
  '_shared.js': {
    file: 'chunks/shared.js',
    imports: ['_deep.js'],
    assets: ['assets/inter-latin-wght-normal.abc.woff2', 'assets/inter-greek-wght-normal.abc.woff2']
  },
  '_deep.js': {
    file: 'chunks/deep.js',
    assets: ['assets/bricolage-grotesque-latin-opsz-normal.abc.woff2']
  },
  'nodes/9.js': { file: 'nodes/9.js' }
};
const PAGE = `<head>
    <link href="/chunks/deep.js" rel="modulepreload">
  </head>`;

it('preloads the modules, their imports and the fonts once each', () => {
  expect(withEarlyFiles(PAGE, MANIFEST, ['nodes/5.js'])).toBe(`<head>
    <link href="/chunks/deep.js" rel="modulepreload">
    <link href="/nodes/5.js" rel="modulepreload">
    <link href="/chunks/shared.js" rel="modulepreload">
    <link href="/assets/inter-latin-wght-normal.abc.woff2" rel="preload" as="font" type="font/woff2" crossorigin>
    <link href="/assets/bricolage-grotesque-latin-opsz-normal.abc.woff2" rel="preload" as="font" type="font/woff2" crossorigin>
  </head>`);
});
