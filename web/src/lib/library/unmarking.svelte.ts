// Marking as unwatched: asks before more than one play goes.
import { markUnwatched, playsOf } from './marking';

export class Unmarking {
  /** How many plays would go, while that is asked. */
  asked = $state<number | null>(null);
  busy = $state(false);
  #ids: readonly number[] = [];
  #changed: () => void | Promise<void> = () => undefined;

  get open(): boolean {
    return this.asked !== null;
  }
  set open(open: boolean) {
    if (!open) this.asked = null;
  }

  /** One play goes at once: it can be undone. More are asked about first. */
  async start(ids: readonly number[], changed: () => void | Promise<void>): Promise<void> {
    this.#ids = ids;
    this.#changed = changed;
    this.busy = true;
    const plays = await playsOf(ids);
    if (plays !== null && plays > 1) this.asked = plays;
    else if (plays !== null) await this.run();
    this.busy = false;
  }

  run = (): Promise<void> => markUnwatched(this.#ids, this.#changed);
}
