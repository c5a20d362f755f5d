// Asks again while the server is away: it may only be starting anew.
import { ApiError } from '$lib/api/error';

/** Pauses between the tries, in milliseconds: about a minute in all. */
export const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];

const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** The answer, once the server gives one. Gives up when it is no longer `wanted`, or after a minute. */
export async function whileAway<T>(
  ask: () => Promise<T>,
  wanted: () => boolean,
  pause: (milliseconds: number) => Promise<void> = sleep
): Promise<T> {
  for (const milliseconds of PAUSES_MS) {
    try {
      return await ask();
    } catch (thrown) {
      if (!wanted() || !(thrown instanceof ApiError && thrown.offline)) throw thrown;
    }
    await pause(milliseconds);
  }
  return ask();
}
