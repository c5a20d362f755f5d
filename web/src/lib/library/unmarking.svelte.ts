// Marks titles as unwatched, and asks before deleting more than one play.
import { markUnwatched, playsOf } from './marking';

export class Unmarking {
  /** The number of plays to be deleted while the confirmation is open, otherwise null. */
  playsToConfirm = $state<number | null>(null);
  busy = $state(false);
  #ids: readonly number[] = [];
  #changed: () => void | Promise<void> = () => undefined;

  get open(): boolean {
    return this.playsToConfirm !== null;
  }
  set open(open: boolean) {
    if (!open) this.playsToConfirm = null;
  }

  /** Deletes one play immediately, because that can be undone; asks before deleting more. */
  async start(ids: readonly number[], changed: () => void | Promise<void>): Promise<void> {
    this.#ids = ids;
    this.#changed = changed;
    this.busy = true;
    const plays = await playsOf(ids);
    if (plays !== null && plays > 1) this.playsToConfirm = plays;
    else if (plays !== null) await this.run();
    this.busy = false;
  }

  run = (): Promise<void> => markUnwatched(this.#ids, this.#changed);
}
