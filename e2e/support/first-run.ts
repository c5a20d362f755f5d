// Fixtures for the first run: a server that is not set up yet, a simulated Trakt, and a few files for its first
// library.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from './test';
import { Server } from './server';

/** The API application that the simulator knows. */
export const APPLICATION = {
  id: 'd3m0c11e47000000000000000000000000000000000000000000000000000001',
  secret: 'd3m05ec2e7000000000000000000000000000000000000000000000000000002'
};

/** A movie with a poster next to its file, and one without. */
export const WITH_POSTER = 'Metropolis';
export const WITHOUT_POSTER = 'Safety Last!';

const MOVIES = [`${WITH_POSTER} (1927)`, `${WITHOUT_POSTER} (1923)`, 'D.O.A. (1949)'];
const PICTURE = resolve(import.meta.dirname, '../../web/static/icon-512.png');

interface PerTest {
  /** A server without users, libraries and an API application. */
  fresh: Server;
  /** A folder on the server that contains a folder `Movies`. */
  media: string;
}

interface PerWorker {
  /** A separate demo that provides files and a simulated Trakt, so that other tests' Trakt is not changed. */
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
  media: async ({ demo }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kinometa-e2e-media-'));
    for (const movie of MOVIES)
      await cp(join(demo.data, 'library/Movies', movie), join(folder, 'Movies', movie), {
        recursive: true
      });
    await cp(PICTURE, join(folder, 'Movies', MOVIES[0] ?? '', 'poster.png'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  fresh: async ({ demo }, use) => {
    const port = (await readFile(join(demo.data, 'kinometa-demo.port'), 'utf8')).trim();
    const trakt = `http://127.0.0.1:${port}`;
    const server = await Server.start('serve', '--trakt-api-url', trakt, '--trakt-auth-url', trakt);
    await use(server);
    await server.stop();
  },
  baseURL: async ({ fresh }, use) => use(fresh.url)
});
