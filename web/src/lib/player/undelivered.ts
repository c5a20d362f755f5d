// Stops that may not have reached the server. They outlive the page and are sent again once the server is reachable:
// reports are numbered, so one that did arrive changes nothing.
import type { ReportPlayback } from '$lib/api';

const KEY = 'kinometa.undelivered-stops';
/** The server forgets old playbacks; more than a few are a mistake. */
const MOST = 20;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether the server has decided about a report; if not, it is sent again later. */
export type Delivery = 'settled' | 'away';

/** A playback, its stop, and when that happened in milliseconds since 1970. */
type Stop = [id: string, body: ReportPlayback, at: number];

export class Undelivered {
  constructor(
    private readonly storage: () => Storage,
    private readonly now: () => number = Date.now
  ) {}

  remember(id: string, body: ReportPlayback): void {
    const others = this.#read().filter(([other]) => other !== id);
    const at = this.now() - (body.age_ms ?? 0);
    this.#write([...others, [id, body, at] as Stop].slice(-MOST));
  }

  forget(id: string): void {
    this.#write(this.#read().filter(([other]) => other !== id));
  }

  /** Sends what is remembered with its age, oldest first, until the server is away. */
  async deliver(send: (id: string, body: ReportPlayback) => Promise<Delivery>): Promise<void> {
    for (const [id, body, at] of this.#read()) {
      const age = Math.max(0, this.now() - at);
      if ((await send(id, { ...body, age_ms: age })) === 'away') return;
      this.forget(id);
    }
  }

  #read(): Stop[] {
    try {
      const stored: unknown = JSON.parse(this.storage().getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isStop) : [];
    } catch {
      // Storage may be forbidden or hold anything.
      return [];
    }
  }

  #write(stops: Stop[]): void {
    try {
      if (stops.length === 0) this.storage().removeItem(KEY);
      else this.storage().setItem(KEY, JSON.stringify(stops));
    } catch {
      // Without storage a stop is sent once, and the server's own limit of silence ends the playback.
    }
  }
}

function isStop(stored: unknown): stored is Stop {
  return Array.isArray(stored) && typeof stored[0] === 'string' && typeof stored[2] === 'number';
}

export const undelivered = new Undelivered(() => localStorage);
