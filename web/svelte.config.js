import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // The server answers every unknown path with this page: the routes live in the browser.
    adapter: adapter({ fallback: 'index.html' }),
    // The hash lets the start script through a policy that forbids all other inline scripts.
    csp: {
      mode: 'hash',
      directives: { 'script-src': ['self'], 'object-src': ['none'], 'base-uri': ['self'] }
    }
  }
};
