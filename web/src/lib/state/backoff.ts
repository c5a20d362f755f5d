/** Delay before the next attempt, in milliseconds: doubles from one second up to half a minute. */
export function backoff(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.max(0, failures - 1));
}
