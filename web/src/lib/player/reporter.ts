// Reports to the server what the player does. Reports are numbered, so that a late one changes nothing.
import type { PlaybackEvent, ReportPlayback } from '$lib/api';

export interface Transport<Result> {
  send(body: ReportPlayback): Promise<Result>;
  /** For a page that is being closed: no answer, and no error. */
  sendOnExit(body: ReportPlayback): boolean;
}

/** How often the position is reported during playback, in milliseconds. */
export const PROGRESS_INTERVAL_MS = 10_000;

interface Undelivered {
  event: 'pause' | 'stop';
  position: number;
  /** When it happened, on the clock of the caller. */
  at: number;
}

export class Reporter<Result> {
  #seq = 0;
  #lastAnsweredSeq = 0;
  #stopped = false;
  #lastReportAt = Number.NEGATIVE_INFINITY;
  /** A report that was lost and has to be repeated. Lost "play" reports do not: the next progress implies them. */
  #undelivered: Undelivered | null = null;

  constructor(
    private readonly transport: Transport<Result>,
    private readonly onResult: (result: Result) => void,
    private readonly onFailure: (thrown: unknown) => void
  ) {}

  /** After a stop nothing more is reported: the server has closed the playback. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** `now` is any clock in milliseconds. */
  async report(event: PlaybackEvent, positionMs: number, now: number): Promise<void> {
    if (this.#stopped) return;
    if (event === 'play') this.#undelivered = null;
    await this.#send(this.#body(event, positionMs, now), now);
  }

  /** Called often during playback; reports the position every ten seconds. */
  tick(positionMs: number, now: number): void {
    if (now - this.#lastReportAt >= PROGRESS_INTERVAL_MS) void this.report('progress', positionMs, now);
  }

  /** Repeats a lost report, once the server is reachable again. */
  async resend(now: number): Promise<void> {
    const lost = this.#undelivered;
    if (!lost) return;
    this.#undelivered = null;
    const age = Math.max(0, Math.round(now - lost.at));
    await this.#send({ ...this.#body(lost.event, lost.position, now), age_ms: age }, lost.at);
  }

  /** Reports the current state and throws on failure: shows whether the server knows this playback. */
  async confirm(state: 'progress' | 'pause', positionMs: number, now: number): Promise<void> {
    if (state === 'pause') this.#undelivered = null;
    const body = this.#body(state, positionMs, now);
    this.#accept(body, await this.transport.send(body));
    await this.resend(now);
  }

  /** The page is being closed: reports "stop" once, in a way that outlives it. */
  stopOnExit(positionMs: number): void {
    if (this.#stopped) return;
    this.transport.sendOnExit(this.#body('stop', positionMs, 0));
  }

  async #send(body: ReportPlayback, at: number): Promise<void> {
    try {
      this.#accept(body, await this.transport.send(body));
    } catch (thrown) {
      const { event, position_ms: position } = body;
      if (event === 'pause' || event === 'stop') this.#undelivered = { event, position, at };
      this.onFailure(thrown);
    }
  }

  #accept(body: ReportPlayback, result: Result): void {
    if (body.seq < this.#lastAnsweredSeq) return;
    this.#lastAnsweredSeq = body.seq;
    this.onResult(result);
  }

  #body(event: PlaybackEvent, positionMs: number, now: number): ReportPlayback {
    this.#seq += 1;
    this.#lastReportAt = now;
    if (event === 'stop') this.#stopped = true;
    return { event, position_ms: Math.max(0, Math.round(positionMs)), seq: this.#seq };
  }
}
