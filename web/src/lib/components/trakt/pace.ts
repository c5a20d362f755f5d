// The speed of an import, from earlier progress reports. Pure.

/** The progress at a time in milliseconds. */
export interface Sample {
  at: number;
  done: number;
}

/** Maximum age of samples, so that the speed is current. */
const SPAN_MS = 30_000;

/** Adds a sample. If the progress went back, the import was restarted, and the older samples are dropped. */
export function withSample(samples: Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last?.done === sample.done) return samples;
  if (last && last.done > sample.done) return [sample];
  return [...samples.filter(({ at }) => sample.at - at <= SPAN_MS), sample];
}

/** Items per second; null while there are too few samples. */
export function pace(samples: Sample[]): number | null {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (!first || !last || last.at - first.at < 500) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** Seconds until `total` is reached; null while that is unknown. */
export function secondsLeft(samples: Sample[], total: number | undefined): number | null {
  const perSecond = pace(samples);
  const done = samples.at(-1)?.done ?? 0;
  if (perSecond === null || total === undefined || total <= done) return null;
  return (total - done) / perSecond;
}
