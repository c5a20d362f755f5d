// Limits how many images load at the same time. A browser opens six connections to a server: if slow images
// occupied all of them, other requests would have to wait.

export interface Ticket {
  /** Frees the slot, or gives up waiting for one. Calling it again has no effect. */
  release(): void;
}

export class Semaphore {
  #free: number;
  #waiting: { start: () => void; ticket: Ticket }[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Calls `start` as soon as a slot is free, in the order of the calls. */
  acquire(start: () => void): Ticket {
    let state: 'waiting' | 'running' | 'over' = 'waiting';
    const ticket: Ticket = {
      release: () => {
        if (state === 'running') {
          this.#free += 1;
          this.#next();
        } else {
          this.#waiting = this.#waiting.filter((other) => other.ticket !== ticket);
        }
        state = 'over';
      }
    };
    const run = () => {
      state = 'running';
      start();
    };
    this.#waiting.push({ start: run, ticket });
    this.#next();
    return ticket;
  }

  #next(): void {
    const first = this.#free > 0 ? this.#waiting.shift() : undefined;
    if (!first) return;
    this.#free -= 1;
    first.start();
  }
}

/** Three connections for images; the others are for live updates, data and media. */
export const imageSlots = new Semaphore(3);
