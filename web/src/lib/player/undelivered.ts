// Stores stops that may not have reached the server. They are sent again once the server is reachable, also by a later
// page. Reports are numbered, so the server ignores a stop that it has already received.
import type { ReportPlayback } from '$lib/api';

const KEY = 'kinometa.undelivered-stops';
/** Maximum number of stored stops. There are usually only a few, and the server forgets old playbacks anyway. */
const MAX_STOPS = 20;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether the server has responded finally to a report; otherwise, it is sent again later. */
export type Delivery = 'settled' | 'unreachable';

/** A playback's ID, its stop report, and the time of the stop in milliseconds since 1970. */
type Stop = [id: string, body: ReportPlayback, at: number];

export class Undelivered {
  constructor(
    private readonly storage: () => Storage,
    private readonly now: () => number = Date.now
  ) {}

  remember(id: string, body: ReportPlayback): void {
    const others = this.#read().filter(([other]) => other !== id);
    const at = this.now() - (body.age_ms ?? 0);
    this.#write([...others, [id, body, at] as Stop].slice(-MAX_STOPS));
  }

  forget(id: string): void {
    this.#write(this.#read().filter(([other]) => other !== id));
  }

  /** Sends the stored stops with their age, oldest first, until the server is unreachable. */
  async deliver(send: (id: string, body: ReportPlayback) => Promise<Delivery>): Promise<void> {
    for (const [id, body, at] of this.#read()) {
      const age = Math.max(0, this.now() - at);
      if ((await send(id, { ...body, age_ms: age })) === 'unreachable') return;
      this.forget(id);
    }
  }

  #read(): Stop[] {
    try {
      const stored: unknown = JSON.parse(this.storage().getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isStop) : [];
    } catch {
      // Storage may be forbidden or contain invalid values.
      return [];
    }
  }

  #write(stops: Stop[]): void {
    try {
      if (stops.length === 0) this.storage().removeItem(KEY);
      else this.storage().setItem(KEY, JSON.stringify(stops));
    } catch {
      // Without storage, a stop is sent only once; if it is lost, the server ends the playback after a timeout.
    }
  }
}

function isStop(stored: unknown): stored is Stop {
  return Array.isArray(stored) && typeof stored[0] === 'string' && typeof stored[2] === 'number';
}

export const undelivered = new Undelivered(() => localStorage);
