// Stops that may not have reached the server. They outlive the page and are sent again once the server is reachable:
// reports are numbered, so one that did arrive changes nothing.
import type { ReportPlayback } from '$lib/api';

const KEY = 'kinometa.undelivered-stops';
/** The server forgets old playbacks; more than a few are a mistake. */
const MOST = 20;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether the server has decided about a report; if not, it is sent again later. */
export type Delivery = 'settled' | 'away';

export class Undelivered {
  constructor(private readonly storage: () => Storage) {}

  remember(id: string, body: ReportPlayback): void {
    const others = this.#read().filter(([other]) => other !== id);
    this.#write([...others, [id, body] as [string, ReportPlayback]].slice(-MOST));
  }

  forget(id: string): void {
    this.#write(this.#read().filter(([other]) => other !== id));
  }

  /** Sends what is remembered, oldest first, until the server is away. */
  async deliver(send: (id: string, body: ReportPlayback) => Promise<Delivery>): Promise<void> {
    for (const [id, body] of this.#read()) {
      if ((await send(id, body)) === 'away') return;
      this.forget(id);
    }
  }

  #read(): [string, ReportPlayback][] {
    try {
      const stored: unknown = JSON.parse(this.storage().getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? (stored as [string, ReportPlayback][]) : [];
    } catch {
      // Storage may be forbidden or hold anything.
      return [];
    }
  }

  #write(stops: [string, ReportPlayback][]): void {
    try {
      if (stops.length === 0) this.storage().removeItem(KEY);
      else this.storage().setItem(KEY, JSON.stringify(stops));
    } catch {
      // Without storage a stop is sent once, and the server's own limit of silence ends the playback.
    }
  }
}

export const undelivered = new Undelivered(() => localStorage);
