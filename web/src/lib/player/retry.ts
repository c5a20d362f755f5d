// Repeats a request while the server is unreachable, because it may only be restarting.
import { ApiError } from '$lib/api/error';

/** Delays between the attempts, about a minute in total. */
export const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];

const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** Returns the response. Gives up when the result is no longer `wanted`, or after about a minute. */
export async function retryWhileOffline<T>(
  request: () => Promise<T>,
  wanted: () => boolean,
  wait: (milliseconds: number) => Promise<void> = sleep
): Promise<T> {
  for (const milliseconds of RETRY_DELAYS_MS) {
    try {
      return await request();
    } catch (thrown) {
      if (!wanted() || !(thrown instanceof ApiError && thrown.offline)) throw thrown;
    }
    await wait(milliseconds);
  }
  return request();
}
