import adapter from '@sveltejs/adapter-static';
import { earlyFiles } from './scripts/early-files.mjs';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // The server answers every unknown path with this page: the routes live in the browser.
    adapter: earlyFiles(adapter({ fallback: 'index.html', precompress: true }))
  }
};
