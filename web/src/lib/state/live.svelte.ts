// Live updates by server-sent events. Components subscribe with `live.on`; a lost connection is made again,
// and whatever was missed meanwhile is loaded again.
import type { LibraryChanged, Play, PlaybackChanged, ScanStatus, TraktConnect, TraktStatus } from '$lib/api';
import { backoff } from './backoff';
import { invalidate } from './query.svelte';

export interface LiveEvents {
  scan: ScanStatus;
  library: LibraryChanged;
  playback: PlaybackChanged;
  trakt: TraktStatus;
  connect: TraktConnect;
  play: Play;
}

type Name = keyof LiveEvents;
type Handler<N extends Name> = (data: LiveEvents[N]) => void;

const NAMES: readonly Name[] = ['scan', 'library', 'playback', 'trakt', 'connect', 'play'];

class Live {
  /** `lost` from the second failed try on: one hiccup is not worth a banner. */
  status = $state<'closed' | 'connecting' | 'open' | 'lost'>('closed');
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #handlers = new Map<Name, Set<(data: never) => void>>();
  #whenBack = new Set<() => void>();

  open(): void {
    if (this.#source || this.#timer) return;
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#source?.close();
    this.#source = null;
    this.#failures = 0;
    this.status = 'closed';
  }

  /** Calls the handler at every event of that name. Gives the way to stop it. */
  on<N extends Name>(name: N, handler: Handler<N>): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(name, handlers);
    return () => handlers.delete(handler);
  }

  /** Calls the handler when a lost connection is there again. Gives the way to stop it. */
  onBack(handler: () => void): () => void {
    this.#whenBack.add(handler);
    return () => this.#whenBack.delete(handler);
  }

  #connect(): void {
    this.#timer = undefined;
    const source = new EventSource('/api/events');
    this.#source = source;
    if (this.#failures === 0) this.status = 'connecting';
    source.onopen = () => {
      const back = this.#failures > 0;
      this.#failures = 0;
      this.status = 'open';
      if (!back) return;
      invalidate('');
      for (const handler of this.#whenBack) handler();
    };
    // The browser's own reconnecting gives up after some answers: ours does not.
    source.onerror = () => {
      source.close();
      this.#source = null;
      this.#failures += 1;
      if (this.#failures > 1) this.status = 'lost';
      this.#timer = setTimeout(() => this.#connect(), backoff(this.#failures));
    };
    for (const name of NAMES) {
      source.addEventListener(name, (message) => this.#deliver(name, (message as MessageEvent<string>).data));
    }
  }

  #deliver(name: Name, text: string): void {
    const data: unknown = JSON.parse(text);
    for (const handler of this.#handlers.get(name) ?? []) handler(data as never);
  }
}

export const live = new Live();
