// How fast an import goes, by what its progress said before. Pure.

/** How much was done at a moment in milliseconds. */
export interface Sample {
  at: number;
  done: number;
}

/** Older ones say nothing about the speed of now. */
const SPAN_MS = 30_000;

/** The samples with a newer one. What has begun anew is measured anew. */
export function withSample(samples: Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last?.done === sample.done) return samples;
  if (last && last.done > sample.done) return [sample];
  return [...samples.filter(({ at }) => sample.at - at <= SPAN_MS), sample];
}

/** Items per second; null while that cannot be said. */
export function pace(samples: Sample[]): number | null {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (!first || !last || last.at - first.at < 500) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** How many seconds are left of `total`; null while that cannot be said. */
export function secondsLeft(samples: Sample[], total: number | undefined): number | null {
  const perSecond = pace(samples);
  const done = samples.at(-1)?.done ?? 0;
  if (perSecond === null || total === undefined || total <= done) return null;
  return (total - done) / perSecond;
}
