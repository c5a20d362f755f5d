// Few pictures at a time. A browser opens six connections to a server: with a page of pictures that are still
// being fetched from afar on all of them, nothing else would come through, not even the answer to a click.

export interface Ticket {
  /** Gives the place back; also while it is still waited for. More than once does no harm. */
  release(): void;
}

export class Slots {
  #free: number;
  #waiting: { start: () => void; ticket: Ticket }[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Calls `start` when there is a place, first come, first served. */
  take(start: () => void): Ticket {
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

/** Three for pictures; the rest for live updates, data and the media itself. */
export const pictureSlots = new Slots(3);
