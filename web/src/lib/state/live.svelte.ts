// Live updates through server-sent events. Components subscribe with `live.on`. The stream begins where the session was
// read, and a lost connection goes on from its last event, so that nothing is missed in between. When the server no
// longer knows what happened since, it says so, and all data on screen is reloaded.
import type { ServerEvent } from '$lib/api';
import { backoff } from './backoff';
import { invalidate } from './query.svelte';

type EventName = ServerEvent['event'];
type EventData<N extends EventName> = Extract<ServerEvent, { event: N }>['data'];
type Handler<N extends EventName> = (data: EventData<N>) => void;

/** An object, so that an event missing here is a type error. */
const EVENT_NAMES: Record<EventName, true> = {
  scan: true,
  library: true,
  playback: true,
  trakt: true,
  connect: true,
  sync: true,
  play: true,
  plays: true,
  preferences: true,
  collection_run: true,
  collections: true,
  lists: true,
  missed: true
};

class Live {
  /** `lost` from the second failed attempt on: one hiccup is not worth a banner. */
  status = $state<'closed' | 'connecting' | 'open' | 'lost'>('closed');
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Where the stream goes on: the id of the last event, or what `open` was given. */
  #cursor: string | undefined;
  #handlers = new Map<EventName, Set<(data: never) => void>>();
  #reconnectHandlers = new Set<() => void>();

  /** `cursor` says what the data on screen already shows: `live_cursor` of the session. */
  open(cursor?: string): void {
    if (this.#source || this.#timer) return;
    this.#cursor = cursor;
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

  /** Subscribes to an event. Returns a function that unsubscribes. */
  on<N extends EventName>(name: N, handler: Handler<N>): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(name, handlers);
    return () => handlers.delete(handler);
  }

  /** Calls the handler whenever a lost connection is restored. Returns a function that unsubscribes. */
  onReconnect(handler: () => void): () => void {
    this.#reconnectHandlers.add(handler);
    return () => this.#reconnectHandlers.delete(handler);
  }

  #connect(): void {
    this.#timer = undefined;
    const after = this.#cursor ? `?after=${encodeURIComponent(this.#cursor)}` : '';
    const source = new EventSource(`/api/events${after}`);
    this.#source = source;
    if (this.#failures === 0) this.status = 'connecting';
    source.onopen = () => {
      const reconnected = this.#failures > 0;
      this.#failures = 0;
      this.status = 'open';
      if (!reconnected) return;
      // Without a cursor nobody knows what was missed.
      if (!this.#cursor) invalidate('');
      for (const handler of this.#reconnectHandlers) handler();
    };
    // EventSource stops reconnecting by itself after some HTTP errors.
    source.onerror = () => {
      source.close();
      this.#source = null;
      this.#failures += 1;
      if (this.#failures > 1) this.status = 'lost';
      this.#timer = setTimeout(() => this.#connect(), backoff(this.#failures));
    };
    for (const name of Object.keys(EVENT_NAMES) as EventName[]) {
      source.addEventListener(name, (message) => this.#deliver(name, message as MessageEvent<string>));
    }
  }

  #deliver(name: EventName, message: MessageEvent<string>): void {
    this.#cursor = message.lastEventId || this.#cursor;
    if (name === 'missed') invalidate('');
    const data: unknown = JSON.parse(message.data);
    for (const handler of this.#handlers.get(name) ?? []) handler(data as never);
  }
}

export const live = new Live();
