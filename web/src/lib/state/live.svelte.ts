// Live updates through server-sent events. Components subscribe with `live.on`. A lost connection is reopened, and
// all data on screen is reloaded, because events may have been missed.
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
  play: true
};

class Live {
  /** `lost` from the second failed attempt on: one hiccup is not worth a banner. */
  status = $state<'closed' | 'connecting' | 'open' | 'lost'>('closed');
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #handlers = new Map<EventName, Set<(data: never) => void>>();
  #reconnectHandlers = new Set<() => void>();

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
    const source = new EventSource('/api/events');
    this.#source = source;
    if (this.#failures === 0) this.status = 'connecting';
    source.onopen = () => {
      const reconnected = this.#failures > 0;
      this.#failures = 0;
      this.status = 'open';
      if (!reconnected) return;
      invalidate('');
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
      source.addEventListener(name, (message) => this.#deliver(name, (message as MessageEvent<string>).data));
    }
  }

  #deliver(name: EventName, json: string): void {
    const data: unknown = JSON.parse(json);
    for (const handler of this.#handlers.get(name) ?? []) handler(data as never);
  }
}

export const live = new Live();
