import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { staticIcons } from './scripts/static-icons.mjs';

// `npm run dev` shows the interface against a running server; name another one with KINOMETA_URL.
const server = process.env.KINOMETA_URL ?? 'http://127.0.0.1:7878';

/**
 * What nearly every page needs comes in a few files: as many small ones as there are modules would each be a request before
 * the first paint. The language has one of its own: a translation is loaded before any module reads its messages.
 */
const codeSplitting = {
  groups: [
    { name: 'language', test: /src[\\/]lib[\\/]messages[\\/](language|locale)\.ts/, priority: 5 },
    {
      name: 'framework',
      test: /node_modules[\\/](svelte|@sveltejs|esm-env|clsx|openapi-fetch)[\\/]/,
      priority: 4
    },
    { name: 'icons', test: /node_modules[\\/]@lucide[\\/]/, priority: 3 },
    {
      name: 'menus',
      test: /node_modules[\\/](bits-ui|@floating-ui|runed|svelte-toolbelt|tabbable)[\\/]/,
      minShareCount: 2,
      priority: 2
    },
    // One style sheet for everything: what a page adds to it is smaller than a request.
    { name: 'styles', test: /src[\\/].*(\.css$|[?&]type=style)/, priority: 6 },
    { name: 'german', test: /src[\\/]lib[\\/]messages[\\/]de[\\/]/, priority: 2 },
    {
      name: 'common',
      test: /src[\\/]lib[\\/](api|format|library|state|messages[\\/](common|errors|navigation|ratings|titles)|components[\\/](ui|frame|titles)[\\/])/,
      minShareCount: 3,
      priority: 1
    },
    // What the frame and Home share with some other page.
    {
      name: 'frame',
      test: /src[\\/]lib[\\/](state|player[\\/](reporter|undelivered|scrobbling)|messages[\\/](player|trakt)|components[\\/](frame[\\/]|titles[\\/]TitleLine|people[\\/]Portrait|collections[\\/]CollectionRows))/,
      minShareCount: 2,
      priority: 1
    }
  ]
};

export default defineConfig({
  plugins: [staticIcons(), tailwindcss(), sveltekit()],
  server: { proxy: { '/api': { target: server, changeOrigin: false } } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  build: { target: 'es2022', chunkSizeWarningLimit: 700, rolldownOptions: { output: { codeSplitting } } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './scripts/vitest-environment.mjs',
    // Component tests render in jsdom, which takes seconds on a busy machine.
    testTimeout: 20_000
  }
});
