// Live updates through server-sent events. Components subscribe with `live.on`. The stream starts at the cursor of the
// session, and a lost connection continues after its last event, so that no event is missed. If the server no
// longer has the events since then, it sends `missed`, and all data on screen is reloaded.
import type { ServerEvent } from '$lib/api';
import { backoff } from './backoff';
import { invalidate } from './query.svelte';

type EventName = ServerEvent['event'];
type EventData<N extends EventName> = Extract<ServerEvent, { event: N }>['data'];
type Handler<N extends EventName> = (data: EventData<N>) => void;

/** A record instead of an array, so that a missing event is a type error. */
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
  /** `lost` only from the second failed attempt on, because a short interruption needs no banner. */
  status = $state<'closed' | 'connecting' | 'open' | 'lost'>('closed');
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Where the stream continues: the ID of the last event, or the cursor passed to `open`. */
  #cursor: string | undefined;
  #handlers = new Map<EventName, Set<(data: never) => void>>();
  #reconnectHandlers = new Set<() => void>();

  /** `cursor` is the session's `live_cursor`: the data on screen includes all events up to it. */
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
      // Without a cursor, the missed events are unknown.
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
