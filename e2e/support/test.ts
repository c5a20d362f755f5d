// The tests' frame: a demo server for each worker, and no test passes with an error in the console.
import { test as base, expect, type Page } from '@playwright/test';
import { Server } from './server';
import { Simulator } from './simulator';

interface PerTest {
  /** Console errors that a test brings about on purpose. */
  expectedErrors: RegExp[];
  simulator: Simulator;
  quiet: undefined;
}

interface PerWorker {
  demo: Server;
}

export const test = base.extend<PerTest, PerWorker>({
  demo: [
    async ({}, use) => {
      const server = await Server.start('demo');
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 }
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
  expectedErrors: async ({}, use) => use([]),
  simulator: async ({ page, request }, use) => {
    // The first visit signs the demo's user in; only then may this be asked.
    const session = await page.request.get('/api/session');
    expect(session.ok()).toBe(true);
    const system = (await (await page.request.get('/api/system')).json()) as { trakt_api_url: string };
    await use(new Simulator(system.trakt_api_url.replace(/\/$/, ''), request));
  },
  quiet: [
    async ({ page, expectedErrors }, use) => {
      const errors = collectErrors(page);
      await use(undefined);
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))).toEqual([]);
    },
    { auto: true }
  ]
});

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

export { expect };
