import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchOrTake } from './early';

const asked = vi.fn(async (request: Request) => new Response(`asked ${request.method}`));
const get = (path: string) => new Request(new URL(path, 'http://kinometa.test'));
const text = async (request: Request) => (await fetchOrTake(request)).text();

beforeEach(() => {
  asked.mockClear();
  vi.stubGlobal('fetch', asked);
  vi.spyOn(performance, 'now').mockReturnValue(500);
});
afterEach(() => {
  globalThis.kinometaEarly = undefined;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('takes an early answer once', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('early')) };
  expect(await text(get('/api/home'))).toBe('early');
  expect(await text(get('/api/home'))).toBe('asked GET');
});

it('asks for what was not asked for early, with another query too', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('early')) };
  expect(await text(get('/api/home?more=1'))).toBe('asked GET');
  expect(await text(get('/api/lists'))).toBe('asked GET');
});

it('asks again when the early request failed', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.reject(new TypeError('away')) };
  expect(await text(get('/api/home'))).toBe('asked GET');
});

it('drops early answers when something changes: who signs in is somebody else', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('signed out')) };
  const signIn = new Request('http://kinometa.test/api/session', { method: 'POST' });
  expect(await text(signIn)).toBe('asked POST');
  expect(await text(get('/api/home'))).toBe('asked GET');
});

it('drops early answers that nobody took while the page opened', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('old')) };
  vi.mocked(performance.now).mockReturnValue(10_001);
  expect(await text(get('/api/home'))).toBe('asked GET');
});
