// Node, but with Svelte compiled for the browser: its server half has no effects to test.
export default {
  name: 'svelte-client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined })
};
