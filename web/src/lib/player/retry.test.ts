import { expect, it, vi } from 'vitest';
import { ApiError, unreachable } from '$lib/api/error';
import { RETRY_DELAYS_MS, retryWhileOffline } from './retry';

const pause = async () => undefined;
const always = () => true;

it('asks until the server is back', async () => {
  const ask = vi.fn<() => Promise<string>>().mockResolvedValue('here');
  ask.mockRejectedValueOnce(unreachable()).mockRejectedValueOnce(unreachable());
  expect(await retryWhileOffline(ask, always, pause)).toBe('here');
  expect(ask).toHaveBeenCalledTimes(3);
});

it('takes any other error as the answer', async () => {
  const refused = new ApiError(404, 'not_found', 'This title does not exist.');
  const ask = vi.fn<() => Promise<string>>().mockRejectedValue(refused);
  await expect(retryWhileOffline(ask, always, pause)).rejects.toBe(refused);
  expect(ask).toHaveBeenCalledOnce();
});

it('ends when the player was left', async () => {
  const ask = vi.fn<() => Promise<string>>().mockRejectedValue(unreachable());
  await expect(retryWhileOffline(ask, () => false, pause)).rejects.toThrow('Can’t reach');
  expect(ask).toHaveBeenCalledOnce();
});

it('gives up after a minute', async () => {
  const ask = vi.fn<() => Promise<string>>().mockRejectedValue(unreachable());
  await expect(retryWhileOffline(ask, always, pause)).rejects.toThrow('Can’t reach');
  expect(RETRY_DELAYS_MS.reduce((sum, each) => sum + each)).toBeGreaterThan(60_000);
});
