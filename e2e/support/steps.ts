// Steps that several tests share.
import { expect, type APIResponse, type Page } from '@playwright/test';

interface TitleCard {
  id: number;
  name: string;
}

export async function findTitle(page: Page, name: string): Promise<TitleCard> {
  // The first request signs in the demo's user.
  await page.request.get('/api/session');
  const found = await page.request.get(`/api/search?q=${encodeURIComponent(name)}&limit=5`);
  const { movies, shows } = (await found.json()) as { movies: TitleCard[]; shows: TitleCard[] };
  const title = [...movies, ...shows].find((each) => each.name === name);
  expect(title, `“${name}” is in the library`).toBeDefined();
  return title as TitleCard;
}

/** Sends a write as the page itself would, and checks that it was accepted. */
export async function send(
  page: Page,
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  data?: unknown
): Promise<APIResponse> {
  const session = await page.request.get('/api/session');
  // The server rejects writes without the `Origin` header that browsers add.
  const headers = { origin: new URL(session.url()).origin };
  const answer = await page.request.fetch(path, { method, headers, data });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer;
}

/** Reads the state of the media element. */
export async function video<T>(page: Page, read: (element: HTMLVideoElement) => T): Promise<T> {
  return page.locator('video').evaluate(read as (element: SVGElement | HTMLElement) => T);
}

export async function waitUntilPlaying(page: Page): Promise<void> {
  await expect
    .poll(() => video(page, (element) => !element.paused && element.currentTime > 0.2), { timeout: 30_000 })
    .toBe(true);
}

/** Simulates a browser without native HLS support, such as Firefox, and Chromium before 142. */
export async function withoutHls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const canPlayType = HTMLMediaElement.prototype.canPlayType;
    HTMLMediaElement.prototype.canPlayType = function (type) {
      return type.includes('mpegurl') ? '' : canPlayType.call(this, type);
    };
  });
}

/** The scrobble indicator, with its state in `data-scrobble`. */
export function dot(page: Page) {
  return page.locator('[data-scrobble]');
}

async function openSettings(page: Page): Promise<void> {
  await page.goto('/settings/integrations/trakt');
  await page.getByRole('button', { name: /^(Connect Trakt|Reconnect)$/ }).click();
}

/** Connects with a code; `open` opens the dialog that shows it. */
export async function connectTrakt(page: Page, open = () => openSettings(page)): Promise<void> {
  await open();
  await approveOnTrakt(page);
}

/** Enters the open dialog's code on Trakt, approves, and waits until the dialog closes by itself. */
export async function approveOnTrakt(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Connect Trakt' });
  const code = (await dialog.getByTestId('trakt-code').innerText()).replace(/\s/g, '');
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('link', { name: 'Open activation page' }).click();
  const activation = await opened;
  await activation.waitForLoadState();
  const field = activation.getByLabel('Code');
  if (await field.isVisible()) {
    await field.fill(code);
    await activation.getByRole('button', { name: 'Continue' }).click();
  }
  await activation.getByRole('button', { name: 'Approve' }).click();
  await expect(activation.getByRole('status')).toContainText('connected');
  await activation.close();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
}

/** Connects unless another test has left the account connected. Returns the username on Trakt. */
export async function ensureConnected(page: Page): Promise<string> {
  await page.request.get('/api/session');
  const status = async () =>
    (await (await page.request.get('/api/trakt')).json()) as { state: string; username?: string };
  if ((await status()).state !== 'connected') await connectTrakt(page);
  return (await status()).username ?? '';
}

export async function disconnectTrakt(page: Page): Promise<void> {
  await page.goto('/settings/integrations/trakt');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('Not connected to Trakt', { exact: true })).toBeVisible();
}

/** Connects, and starts the import unless that was done before. Returns the username on Trakt. */
export async function followTrakt(page: Page): Promise<string> {
  const username = await ensureConnected(page);
  const states = async () => {
    const sync = (await (await page.request.get('/api/trakt/sync')).json()) as {
      categories: { state: string }[];
    };
    return [...new Set(sync.categories.map((one) => one.state))];
  };
  if ((await states()).includes('undecided')) await send(page, 'POST', '/api/trakt/import', { import: true });
  await expect.poll(states, { timeout: 60_000 }).toEqual(['following']);
  return username;
}

interface Detail {
  ids: { trakt?: number };
  progress_percent?: number;
  my_rating?: number;
}

/** Returns the details of a title from the API. */
export async function detail(page: Page, id: number): Promise<Detail> {
  return (await (await page.request.get(`/api/titles/${id}`)).json()) as Detail;
}

/** Returns the Trakt ID of a title. */
export async function traktId(page: Page, id: number): Promise<number> {
  const { ids } = await detail(page, id);
  expect(ids.trakt, 'the title is matched').toBeDefined();
  return ids.trakt ?? 0;
}
