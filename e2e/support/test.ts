// Shared fixtures: a demo server for each worker. A test fails if there are unexpected errors in the console.
import { test as base, expect, type Page } from '@playwright/test';
import { Server } from './server';
import { Simulator } from './simulator';

interface PerTest {
  /** Console errors that a test causes deliberately. */
  expectedErrors: RegExp[];
  simulator: Simulator;
  noConsoleErrors: undefined;
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
    // The first visit signs in the demo's user; other requests need the session.
    const session = await page.request.get('/api/session');
    expect(session.ok()).toBe(true);
    const system = (await (await page.request.get('/api/system')).json()) as { trakt_api_url: string };
    await use(new Simulator(system.trakt_api_url.replace(/\/$/, ''), request));
  },
  noConsoleErrors: [
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
