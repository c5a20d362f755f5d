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

interface Owed {
  event: 'pause' | 'stop';
  position: number;
}

export class Reporter<Answer> {
  #seq = 0;
  #answered = 0;
  #stopped = false;
  #lastToldAt = Number.NEGATIVE_INFINITY;
  /** What did not arrive and no later report makes up for: lost playing shows in the next progress, these do not. */
  #owed: Owed | null = null;

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
    if (event === 'play') this.#owed = null;
    await this.#send(this.#body(event, positionMs, now));
  }

  /** Called often while playing; tells the position every ten seconds. */
  tick(positionMs: number, now: number): void {
    if (now - this.#lastToldAt >= PROGRESS_EVERY_MS) void this.say('progress', positionMs, now);
  }

  /** The server is back: it hears what it missed. */
  async catchUp(now: number): Promise<void> {
    const owed = this.#owed;
    if (!owed) return;
    this.#owed = null;
    await this.#send(this.#body(owed.event, owed.position, now));
  }

  /** Tells how it stands, and throws when it could not: shows whether the server knows this playback. */
  async ask(standing: 'progress' | 'pause', positionMs: number, now: number): Promise<void> {
    if (standing === 'pause') this.#owed = null;
    const body = this.#body(standing, positionMs, now);
    this.#hear(body, await this.line.send(body));
    await this.catchUp(now);
  }

  /** The page goes: says "stop" once, in a way that outlives it. */
  leave(positionMs: number): void {
    if (this.#stopped) return;
    this.line.sendLast(this.#body('stop', positionMs, 0));
  }

  async #send(body: PlaybackEvent): Promise<void> {
    try {
      this.#hear(body, await this.line.send(body));
    } catch (thrown) {
      const { event, position_ms: position } = body;
      if (event === 'pause' || event === 'stop') this.#owed = { event, position };
      this.onFailure(thrown);
    }
  }

  #hear(body: PlaybackEvent, answer: Answer): void {
    if (body.seq < this.#answered) return;
    this.#answered = body.seq;
    this.onAnswer(answer);
  }

  #body(event: Said, positionMs: number, now: number): PlaybackEvent {
    this.#seq += 1;
    this.#lastToldAt = now;
    if (event === 'stop') this.#stopped = true;
    return { event, position_ms: Math.max(0, Math.round(positionMs)), seq: this.#seq };
  }
}
