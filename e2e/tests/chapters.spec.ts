// Chapters, previews and subtitles, with a film that the test generates.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type APIRequestContext, type Page } from '@playwright/test';
import { Server } from '../support/server';
import { findTitle, video, waitUntilPlaying } from '../support/steps';
import { expect } from '../support/test';

const PERSON = { username: 'ada', password: 'correct horse' };

/** Generates a film of recap, intro, main part and credits, ten seconds each, with a subtitle at 12 to 16 s. */
function makeFilm(folder: string): void {
  const place = join(folder, 'Reel (2001)');
  mkdirSync(place);
  const chapters = ['Recap', 'Intro', 'The film', 'End Credits'].map(
    (name, at) => `[CHAPTER]\nTIMEBASE=1/1\nSTART=${at * 10}\nEND=${at * 10 + 10}\ntitle=${name}\n`
  );
  writeFileSync(join(folder, 'chapters.txt'), `;FFMETADATA1\n${chapters.join('')}`);
  writeFileSync(join(place, 'Reel (2001).en.srt'), '1\n00:00:12,000 --> 00:00:16,000\nHello\n');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=40'];
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=40:sample_rate=48000'];
  const codecs = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '50',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac'
  ];
  execFileSync('ffmpeg', [
    ...['-v', 'error', ...picture, ...sound, '-i', join(folder, 'chapters.txt')],
    ...['-map', '0', '-map', '1', '-map_chapters', '2', ...codecs, join(place, 'Reel (2001).mp4')]
  ]);
}

async function addLibrary(request: APIRequestContext, path: string): Promise<void> {
  const made = await request.post('/api/setup', { data: PERSON });
  expect(made.ok(), await made.text()).toBe(true);
  const library = await request.post('/api/libraries', { data: { name: 'Reels', kind: 'movies', path } });
  expect(library.ok(), await library.text()).toBe(true);
  const count = async () => {
    const titles = await request.get('/api/titles?kind=movie');
    return ((await titles.json()) as { items: unknown[] }).items.length;
  };
  await expect.poll(count, { timeout: 30_000 }).toBe(1);
}

const test = base.extend<object, { films: string; filmServer: Server }>({
  films: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kinometa-films-'));
      makeFilm(folder);
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 60_000 }
  ],
  filmServer: [
    async ({ films, playwright }, use) => {
      const server = await Server.start('serve');
      const request = await playwright.request.newContext({
        baseURL: server.url,
        extraHTTPHeaders: { origin: server.url }
      });
      await addLibrary(request, films);
      await request.dispose();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 }
  ],
  baseURL: async ({ filmServer }, use) => use(filmServer.url)
});

/** Signs in and plays the film. */
async function open(page: Page, { url }: Server, at: 'start' | 'resume' = 'start'): Promise<void> {
  const signedIn = await page.request.post('/api/session', { data: PERSON, headers: { origin: url } });
  expect(signedIn.ok(), await signedIn.text()).toBe(true);
  const film = await findTitle(page, 'Reel');
  await page.goto(`/play/${film.id}?at=${at}`);
  await waitUntilPlaying(page);
}

const position = (page: Page) => video(page, (element) => element.currentTime);

test('chapters are marked and named, and recap, intro and credits can be skipped', async ({
  page,
  filmServer
}) => {
  await open(page, filmServer);
  await expect(page.locator('[data-chapter]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Skip recap' }).click();
  await expect.poll(() => position(page)).toBeGreaterThanOrEqual(9.9);
  await page.keyboard.press('k');
  await expect(page.getByRole('button', { name: 'Skip intro' })).toBeVisible();
  await page.keyboard.press('s');
  await expect.poll(() => position(page)).toBeGreaterThanOrEqual(19.9);
  await expect(page.getByRole('button', { name: /^Skip / })).toBeHidden();
  const before = await position(page);
  await page.keyboard.press('s');
  expect(await position(page)).toBe(before);

  await page.keyboard.press('8');
  await expect(page.getByRole('button', { name: 'Skip credits' })).toBeVisible();
  const bar = (await page.getByRole('slider', { name: 'Seek' }).boundingBox())!;
  await page.mouse.move(bar.x + bar.width * 0.6, bar.y + bar.height / 2);
  await expect(page.getByText('0:24The film')).toBeVisible();
  await expect(page.locator('[data-preview]')).toBeVisible();
});

test('subtitles can be shifted by tenths of a second with keys and in the menu', async ({
  page,
  filmServer
}) => {
  await open(page, filmServer);
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  const start = () =>
    video(page, (element) => {
      const shown = [...element.textTracks].find((track) => track.mode === 'showing');
      return shown?.cues?.[0]?.startTime.toFixed(1);
    });
  await expect.poll(start).toBe('12.0');
  await page.keyboard.press('h');
  await page.keyboard.press('h');
  await expect.poll(start).toBe('12.2');
  await page.getByRole('button', { name: 'Subtitles', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Subtitles 0.1 s earlier' }).click();
  await expect.poll(start).toBe('12.1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page).toHaveURL(/\/play\//);
});

test('a seek while paused is saved even if the tab is closed immediately', async ({
  page,
  context,
  filmServer
}) => {
  await open(page, filmServer);
  await page.keyboard.press('k');
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
  await page.keyboard.press('5');
  await page.close({ runBeforeUnload: true });
  const again = await context.newPage();
  await open(again, filmServer, 'resume');
  const resumed = await position(again);
  expect(resumed).toBeGreaterThanOrEqual(19.5);
  expect(resumed).toBeLessThan(25);
});
