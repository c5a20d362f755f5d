import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchOrTake } from './early';

const fetched = vi.fn(async (request: Request) => new Response(`fetched ${request.method}`));
const get = (path: string) => new Request(new URL(path, 'http://kinometa.test'));
const text = async (request: Request) => (await fetchOrTake(request)).text();

beforeEach(() => {
  fetched.mockClear();
  vi.stubGlobal('fetch', fetched);
  vi.spyOn(performance, 'now').mockReturnValue(500);
});
afterEach(() => {
  globalThis.kinometaEarly = undefined;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('uses an early response once', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('early')) };
  expect(await text(get('/api/home'))).toBe('early');
  expect(await text(get('/api/home'))).toBe('fetched GET');
});

it('fetches paths and queries that were not requested early', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('early')) };
  expect(await text(get('/api/home?more=1'))).toBe('fetched GET');
  expect(await text(get('/api/lists'))).toBe('fetched GET');
});

it('fetches again when the early request failed', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.reject(new TypeError('away')) };
  expect(await text(get('/api/home'))).toBe('fetched GET');
});

it('discards early responses after any write, such as signing in', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('signed out')) };
  const signIn = new Request('http://kinometa.test/api/session', { method: 'POST' });
  expect(await text(signIn)).toBe('fetched POST');
  expect(await text(get('/api/home'))).toBe('fetched GET');
});

it('discards early responses that were not used while the page opened', async () => {
  globalThis.kinometaEarly = { '/api/home': Promise.resolve(new Response('old')) };
  vi.mocked(performance.now).mockReturnValue(10_001);
  expect(await text(get('/api/home'))).toBe('fetched GET');
});
