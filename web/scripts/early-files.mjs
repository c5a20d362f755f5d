// SvelteKit's page names the files that every page needs. What Home needs besides is asked for with them: found one level at a
// time, each level is a wait for the network while the processor has nothing to do.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MANIFEST = '.svelte-kit/output/client/.vite/manifest.json';
const NODES = '.svelte-kit/generated/client-optimized/nodes';
/** The parts that Home is made of, and the error page, which the router loads with every page. */
const PARTS = ['+error.svelte', '(app)/+layout.svelte', '(app)/+page.svelte'];
/** Every page is written in these. */
const FONTS = ['inter-latin-wght-normal', 'bricolage-grotesque-latin-opsz-normal'];

/** @typedef {Record<string, { file: string, imports?: string[], assets?: string[] }>} Manifest */

/**
 * The page, with links to these parts and to what they import.
 * @param {string} page
 * @param {Manifest} manifest Vite's
 * @param {string[]} parts keys of the manifest
 */
export function withEarlyFiles(page, manifest, parts) {
  const scripts = new Set();
  /** @param {string} key */
  const add = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw missing(key);
    scripts.add(`/${chunk.file}`);
    chunk.imports?.forEach(add);
  };
  parts.forEach(add);
  const assets = new Set(Object.values(manifest).flatMap((chunk) => chunk.assets ?? []));
  const fonts = FONTS.map((name) => {
    const font = [...assets].find((asset) => asset.includes(`/${name}.`));
    if (!font) throw missing(name);
    return font;
  });
  const links = [
    ...[...scripts].map((file) => `<link href="${file}" rel="modulepreload">`),
    ...fonts.map((font) => `<link href="/${font}" rel="preload" as="font" type="font/woff2" crossorigin>`)
  ].filter((link) => !page.includes(link));
  return page.replace('  </head>', `${links.map((link) => `    ${link}\n`).join('')}  </head>`);
}

/**
 * An adapter whose page asks early for what Home needs.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function earlyFiles(adapter) {
  return {
    ...adapter,
    adapt: (builder) =>
      adapter.adapt({
        ...builder,
        async generateFallback(file) {
          await builder.generateFallback(file);
          writeFileSync(file, withEarlyFiles(readFileSync(file, 'utf8'), manifest(), homeParts()));
        }
      })
  };
}

/** @returns {Manifest} */
const manifest = () => JSON.parse(readFileSync(MANIFEST, 'utf8'));

function homeParts() {
  const written = readdirSync(NODES).map((name) => join(NODES, name));
  return PARTS.map((part) => {
    const found = written.find((node) => readFileSync(node, 'utf8').includes(`/src/routes/${part}"`));
    if (!found) throw missing(part);
    return found;
  });
}

/** @param {string} name */
const missing = (name) =>
  new Error(`The build has no ${name}: scripts/early-files.mjs has to follow SvelteKit`);
