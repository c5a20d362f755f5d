// Reports the player's events to the server. Reports are numbered, so that the server can ignore late ones.
import type { PlaybackEvent, ReportPlayback } from '$lib/api';

export interface Transport<Result> {
  send(body: ReportPlayback): Promise<Result>;
  /** Sends a report while the page is being closed, without a response or an error. */
  sendOnExit(body: ReportPlayback): boolean;
}

/** How often the position is reported during playback, in milliseconds. */
export const PROGRESS_INTERVAL_MS = 10_000;

interface Undelivered {
  event: 'pause' | 'stop';
  position: number;
  /** The time of the event, on the caller's clock. */
  at: number;
}

export class Reporter<Result> {
  #seq = 0;
  #lastAnsweredSeq = 0;
  #stopped = false;
  #lastReportAt = Number.NEGATIVE_INFINITY;
  /**
   * A lost report that has to be resent. Lost "play" reports are not resent, because the next progress
   * implies them.
   */
  #undelivered: Undelivered | null = null;

  constructor(
    private readonly transport: Transport<Result>,
    private readonly onResult: (result: Result) => void,
    private readonly onFailure: (thrown: unknown) => void
  ) {}

  /** Whether a stop was reported. Nothing is reported afterwards, because the server has closed the playback. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Sends a report. `now` is any clock in milliseconds. */
  async report(event: PlaybackEvent, positionMs: number, now: number): Promise<void> {
    if (this.#stopped) return;
    if (event === 'play') this.#undelivered = null;
    await this.#send(this.#body(event, positionMs, now), now);
  }

  /** Called often during playback; reports the position every ten seconds. */
  tick(positionMs: number, now: number): void {
    if (now - this.#lastReportAt >= PROGRESS_INTERVAL_MS) void this.report('progress', positionMs, now);
  }

  /** Resends a lost report, once the server is reachable again. */
  async resend(now: number): Promise<void> {
    const lost = this.#undelivered;
    if (!lost) return;
    this.#undelivered = null;
    const age = Math.max(0, Math.round(now - lost.at));
    await this.#send({ ...this.#body(lost.event, lost.position, now), age_ms: age }, lost.at);
  }

  /** Reports the current state. Throws on failure, so that the caller knows whether the server knows this playback. */
  async confirm(state: 'progress' | 'pause', positionMs: number, now: number): Promise<void> {
    if (state === 'pause') this.#undelivered = null;
    const body = this.#body(state, positionMs, now);
    this.#accept(body, await this.transport.send(body));
    await this.resend(now);
  }

  /** Reports "stop" once while the page is being closed, with a request that outlives the page. */
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
