// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Home, Image, TitleCard } from '$lib/api';
import { backdropSource, heroImage } from '$lib/library/hero';
import { earlyPicturePainted, removeEarlyPicture } from './early-picture';

const PAGE = readFileSync('src/app.html', 'utf8');
const SCRIPT = /<script>(?=\s+\/\/ Requests the first responses)([\s\S]*?)<\/script>/.exec(PAGE)?.[1] ?? '';

const image = (id: number) => ({ url: `/api/images/${id}/backdrop?v=1`, color: '#123456' }) as Image;
const title = (id: number, more: Partial<TitleCard>) => ({ id, kind: 'movie', ...more }) as TitleCard;
const home = (parts: Partial<Home>) =>
  ({ continue_watching: [], up_next: [], recently_added: [], ...parts }) as unknown as Home;

const picture = () => document.querySelector<HTMLImageElement>('#early-picture img');
const fetched = vi.fn<(path: string) => void>();

/** Runs the script of `app.html` that runs before the application is loaded. */
async function open(user: object | null, answer: Response) {
  vi.stubGlobal('fetch', async (path: string) => {
    fetched(path);
    return path === '/api/session' ? Response.json({ user }) : answer;
  });
  new Function(SCRIPT)();
  await globalThis.kinometaEarly?.['/api/home']?.catch(() => undefined);
}

beforeEach(() => {
  fetched.mockClear();
  document.head.replaceChildren();
  document.body.replaceChildren();
});
afterEach(() => {
  globalThis.kinometaEarly = undefined;
  vi.unstubAllGlobals();
});

it.each([
  ['its backdrop', title(1, { backdrop: image(1), still: image(2) })],
  ['its still', title(2, { kind: 'episode', still: image(2) })]
])('shows the image that Home will show: %s', async (_, hero) => {
  await open({}, Response.json(home({ hero })));
  const expected = backdropSource(heroImage(hero) as Image);
  expect(picture()?.getAttribute('src')).toBe(expected.src);
  expect(picture()?.getAttribute('srcset') ?? picture()?.srcset).toBe(expected.srcset);
  expect(picture()?.sizes).toBe(expected.sizes);
});

it.each([
  ['the hero has no image', Response.json(home({ hero: title(1, {}) }))],
  ['the library is empty', Response.json(home({}))],
  ['the server returns an error', Response.json({ code: 'internal' }, { status: 500 })]
])('shows no image when %s, and leaves the response to the application', async (_, answer) => {
  await open({}, answer);
  expect(picture()).toBeNull();
  expect((await globalThis.kinometaEarly?.['/api/home'])?.bodyUsed).toBe(false);
});

/** Writes responses into the page, as the server does for Home. */
function writeResponses(shown: Home) {
  const responses = document.createElement('script');
  responses.id = 'answers';
  responses.type = 'application/json';
  responses.textContent = JSON.stringify({ '/api/session': { user: {} }, '/api/home': shown });
  document.head.append(responses);
}

it('uses the responses that the server has written into the page', async () => {
  const shown = home({ hero: title(2, { backdrop: image(2) }) });
  writeResponses(shown);
  await open({}, Response.error());
  expect(fetched).not.toHaveBeenCalled();
  expect(document.querySelectorAll('#early-picture')).toHaveLength(1);
  expect(picture()?.src).toContain('/api/images/2/');
  expect(await (await globalThis.kinometaEarly?.['/api/home'])?.json()).toEqual(shown);
});

it('shows the image of a written response as soon as the page has a body', async () => {
  writeResponses(home({ hero: title(2, { backdrop: image(2) }) }));
  const { body } = document;
  body.remove();
  new Function(SCRIPT)();
  expect(picture()).toBeNull();
  document.documentElement.append(body);
  await Promise.resolve();
  expect(picture()?.src).toContain('/api/images/2/');
});

it('requests nothing for Home when nobody is signed in', async () => {
  await open(null, Response.json(home({})));
  expect(fetched.mock.calls).toEqual([['/api/session']]);
});

it('waits until the image is painted, and removes it', async () => {
  await open({}, Response.json(home({ hero: title(1, { backdrop: image(1) }) })));
  const decode = vi.fn(async () => undefined);
  Object.assign(picture() ?? {}, { decode });
  await earlyPicturePainted();
  expect(decode).toHaveBeenCalledOnce();
  await removeEarlyPicture();
  expect(picture()).toBeNull();
});

it('does not wait for a broken or missing image', async () => {
  await earlyPicturePainted();
  await open({}, Response.json(home({ hero: title(1, { backdrop: image(1) }) })));
  Object.assign(picture() ?? {}, { decode: () => Promise.reject(new DOMException('broken')) });
  await earlyPicturePainted();
});
