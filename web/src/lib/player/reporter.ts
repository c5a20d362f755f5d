// Tells the server what the player does. Reports carry a number, so that one that comes late changes nothing.
import type { PlaybackEvent } from '$lib/api/playback';

export type Said = PlaybackEvent['event'];

export interface Line<Answer> {
  send(body: PlaybackEvent): Promise<Answer>;
  /** For when the page goes: fire and forget. */
  sendLast(body: PlaybackEvent): boolean;
}

/** How often a playing position is told, in milliseconds. */
export const PROGRESS_EVERY_MS = 10_000;

export class Reporter<Answer> {
  #seq = 0;
  #answered = 0;
  #stopped = false;
  #lastToldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly line: Line<Answer>,
    private readonly onAnswer: (answer: Answer) => void,
    private readonly onFailure: (thrown: unknown) => void
  ) {}

  /** After a stop nothing more is said: the server has closed the playback. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** `now` is any clock in milliseconds. */
  async say(event: Said, positionMs: number, now: number): Promise<void> {
    if (this.#stopped) return;
    const body = this.#body(event, positionMs, now);
    try {
      const answer = await this.line.send(body);
      if (body.seq < this.#answered) return;
      this.#answered = body.seq;
      this.onAnswer(answer);
    } catch (thrown) {
      this.onFailure(thrown);
    }
  }

  /** Called often while playing; tells the position every ten seconds. */
  tick(positionMs: number, now: number): void {
    if (now - this.#lastToldAt >= PROGRESS_EVERY_MS) void this.say('progress', positionMs, now);
  }

  /** The page goes: says "stop" once, in a way that outlives it. */
  leave(positionMs: number): void {
    if (this.#stopped) return;
    this.line.sendLast(this.#body('stop', positionMs, 0));
  }

  #body(event: Said, positionMs: number, now: number): PlaybackEvent {
    this.#seq += 1;
    this.#lastToldAt = now;
    if (event === 'stop') this.#stopped = true;
    return { event, position_ms: Math.max(0, Math.round(positionMs)), seq: this.#seq };
  }
}
