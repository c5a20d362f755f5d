// Reports a playback to the server and keeps its scrobble status.
import {
  asApiError,
  playback as api,
  type Playback,
  type PlaybackEvent,
  type ScrobbleStatus,
  type TraktState,
  type TraktStatus
} from '$lib/api';
import { m } from '$lib/messages/player';
import { m as trakt } from '$lib/messages/trakt';
import { live } from '$lib/state/live.svelte';
import { Reporter } from './reporter';
import { undelivered } from './undelivered';

/** Sends the stops that may not have reached the server. */
export function deliverStops(): Promise<void> {
  return undelivered.deliver(async (id, body) => {
    try {
      await api.report(id, body);
      return 'settled';
    } catch (thrown) {
      const { status } = asApiError(thrown);
      // Try again later if signed out, or if the server is overloaded or unreachable. Any other response is final.
      return status <= 0 || status === 401 || status === 429 || status >= 500 ? 'unreachable' : 'settled';
    }
  });
}

/** States of a connection that do not end by themselves. */
const BROKEN: ReadonlySet<TraktState> = new Set([
  'reconnect',
  'application_not_allowed',
  'locked',
  'deactivated'
]);

interface Result {
  scrobble: ScrobbleStatus;
  /** Number of live updates that had arrived when the report was sent. */
  updates: number;
}

export class Scrobbling {
  status = $state.raw<ScrobbleStatus | null>(null);
  #id: string | null = null;
  #reporter: Reporter<Result> | null = null;
  #updates = 0;
  /** Whether the status is only this page's guess, because a report was lost. */
  #guessed = false;

  /** `onUnknown` is called when the server no longer knows the playback. */
  constructor(private readonly onUnknown: () => void) {}

  /** Starts reporting a newly opened playback. */
  start({ id, scrobble }: Playback): void {
    this.#id = id;
    this.#update(scrobble);
    this.#reporter = new Reporter<Result>(
      {
        send: async (body) => {
          const updates = this.#updates;
          if (body.event === 'stop') undelivered.remember(id, body);
          const { scrobble } = await api.report(id, body);
          if (body.event === 'stop') undelivered.forget(id);
          return { scrobble, updates };
        },
        sendOnExit: (body) => {
          // There is no response to this request, so the stop is sent again when a page is opened.
          undelivered.remember(id, body);
          return api.reportOnLeaving(id, body);
        }
      },
      (result) => {
        // A live update that arrived in the meantime is newer.
        if (result.updates === this.#updates) this.#update(result.scrobble);
      },
      (thrown) => this.#handleFailure(thrown)
    );
  }

  /** Follows live updates. Returns a function that ends this. */
  follow(): () => void {
    const stops = [
      live.on('playback', (changed) => {
        if (changed.id !== this.#id) return;
        this.#updates += 1;
        this.#update(changed.scrobble);
      }),
      live.on('trakt', (connection) => this.#handleConnection(connection))
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  report(event: PlaybackEvent, position: number): void {
    void this.#reporter?.report(event, position, performance.now());
  }

  tick(position: number): void {
    this.#reporter?.tick(position, performance.now());
  }

  /** Reports the current state. Throws if the server is unreachable or no longer knows the playback. */
  async confirm(position: number, paused: boolean): Promise<void> {
    try {
      // While paused, report a pause: progress would count as playing.
      await this.#reporter?.confirm(paused ? 'pause' : 'progress', position, performance.now());
    } catch (thrown) {
      this.#guess();
      throw thrown;
    }
  }

  /** Resends lost reports and refreshes the status, once the server is reachable again. */
  resync(position: number, paused: boolean): void {
    if (this.#guessed && !this.#reporter?.stopped)
      void this.confirm(position, paused).catch((thrown) => this.#handleFailure(thrown));
    else void this.#reporter?.resend(performance.now());
  }

  /** Ends the reports about this playback. */
  end(position: number): void {
    this.#reporter?.stopOnExit(position);
    this.#reporter = null;
  }

  /** Shows immediately that the connection is broken, instead of with the next report. */
  #handleConnection({ state, message }: TraktStatus): void {
    const { status } = this;
    if (!BROKEN.has(state) || !status || status.state === 'private' || status.state === 'off') return;
    this.#updates += 1;
    const action = { code: 'connect', label: trakt.reconnect, href: '/settings/integrations/trakt' };
    this.#update({
      ...status,
      state: 'failed',
      // The scrobble status has codes with the same names as these states.
      code: state,
      message,
      retry_at: undefined,
      action: state === 'reconnect' ? action : undefined
    });
  }

  #update(status: ScrobbleStatus): void {
    this.status = status;
    this.#guessed = false;
  }

  #handleFailure(thrown: unknown): void {
    if (asApiError(thrown).status === 404) this.onUnknown();
    else this.#guess();
  }

  #guess(): void {
    const { status } = this;
    if (!status || status.state === 'private' || status.state === 'off') return;
    this.status = {
      ...status,
      state: 'queued',
      code: 'server_away',
      message: m.serverAway,
      action: undefined
    };
    this.#guessed = true;
  }
}
