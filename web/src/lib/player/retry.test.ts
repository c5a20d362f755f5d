import { expect, it, vi } from 'vitest';
import { ApiError, unreachable } from '$lib/api/error';
import { RETRY_DELAYS_MS, retryWhileOffline } from './retry';

const pause = async () => undefined;
const always = () => true;

it('repeats the request until the server is back', async () => {
  const request = vi.fn<() => Promise<string>>().mockResolvedValue('here');
  request.mockRejectedValueOnce(unreachable()).mockRejectedValueOnce(unreachable());
  expect(await retryWhileOffline(request, always, pause)).toBe('here');
  expect(request).toHaveBeenCalledTimes(3);
});

it('does not retry after any other error', async () => {
  const refused = new ApiError(404, 'not_found', 'This title does not exist.');
  const request = vi.fn<() => Promise<string>>().mockRejectedValue(refused);
  await expect(retryWhileOffline(request, always, pause)).rejects.toBe(refused);
  expect(request).toHaveBeenCalledOnce();
});

it('stops when the result is no longer wanted', async () => {
  const request = vi.fn<() => Promise<string>>().mockRejectedValue(unreachable());
  await expect(retryWhileOffline(request, () => false, pause)).rejects.toThrow('Can’t reach');
  expect(request).toHaveBeenCalledOnce();
});

it('gives up after a minute', async () => {
  const request = vi.fn<() => Promise<string>>().mockRejectedValue(unreachable());
  await expect(retryWhileOffline(request, always, pause)).rejects.toThrow('Can’t reach');
  expect(RETRY_DELAYS_MS.reduce((sum, each) => sum + each)).toBeGreaterThan(60_000);
});
