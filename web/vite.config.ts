import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` shows the interface against a running server; name another one with KINOMETA_URL.
const server = process.env.KINOMETA_URL ?? 'http://127.0.0.1:7878';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  server: { proxy: { '/api': { target: server, changeOrigin: false } } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './scripts/vitest-environment.mjs',
    // Component tests render in jsdom, which takes seconds on a busy machine.
    testTimeout: 20_000
  }
});
