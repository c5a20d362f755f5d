// What the server is told of a playback, and what it says of Trakt: the player's dot.
import { asApiError, playback as api, type Playback, type ScrobbleStatus } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { Reporter, type Said } from './reporter';

interface Answer {
  scrobble: ScrobbleStatus;
  /** How many live updates had come when the question was asked. */
  updates: number;
}

export class Scrobbling {
  status = $state.raw<ScrobbleStatus | null>(null);
  #id: string | null = null;
  #reporter: Reporter<Answer> | null = null;
  #updates = 0;
  /** A report did not arrive, so the dot shows what this page thinks. */
  #unsure = false;

  /** `onForgotten`: the server does not know the playback any more. */
  constructor(private readonly onForgotten: () => void) {}

  /** A playback was opened: from now on reports are about it. */
  begin({ id, scrobble }: Playback): void {
    this.#id = id;
    this.#take(scrobble);
    this.#reporter = new Reporter<Answer>(
      {
        send: async (body) => {
          const updates = this.#updates;
          return { scrobble: (await api.report(id, body)).scrobble, updates };
        },
        sendLast: (body) => api.reportOnLeaving(id, body)
      },
      (answer) => {
        // A live update that came meanwhile is newer.
        if (answer.updates === this.#updates) this.#take(answer.scrobble);
      },
      (thrown) => this.#unheard(thrown)
    );
  }

  /** Follows the live updates. Gives the way to stop. */
  follow(): () => void {
    return live.on('playback', (changed) => {
      if (changed.id !== this.#id) return;
      this.#updates += 1;
      this.#take(changed.scrobble);
    });
  }

  say(event: Said, position: number): void {
    void this.#reporter?.say(event, position, performance.now());
  }

  tick(position: number): void {
    this.#reporter?.tick(position, performance.now());
  }

  /** Tells how it stands; throws when the server is away or has forgotten the playback. */
  async ask(position: number, held: boolean): Promise<void> {
    // Progress to a place further on would count as playing.
    try {
      await this.#reporter?.ask(held ? 'pause' : 'progress', position, performance.now());
    } catch (thrown) {
      this.#doubt();
      throw thrown;
    }
  }

  /** The server is back after a while: it hears what it missed, and the dot becomes true again. */
  catchUp(position: number, held: boolean): void {
    if (this.#unsure && !this.#reporter?.stopped)
      void this.ask(position, held).catch((thrown) => this.#unheard(thrown));
    else void this.#reporter?.catchUp(performance.now());
  }

  /** Nothing more is said about this playback. */
  end(position: number): void {
    this.#reporter?.leave(position);
    this.#reporter = null;
  }

  #take(status: ScrobbleStatus): void {
    this.status = status;
    this.#unsure = false;
  }

  #unheard(thrown: unknown): void {
    if (asApiError(thrown).status === 404) this.onForgotten();
    else this.#doubt();
  }

  #doubt(): void {
    const { status } = this;
    if (!status || status.state === 'private' || status.state === 'off') return;
    const message = 'Kinometa does not answer just now. It will catch up when it does.';
    this.status = { ...status, state: 'queued', message, action: undefined };
    this.#unsure = true;
  }
}
