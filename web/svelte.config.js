import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // The server answers every unknown path with this page: the routes live in the browser.
    adapter: adapter({ fallback: 'index.html', precompress: true })
  }
};
