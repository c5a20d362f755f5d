// Several titles of a grid, chosen to do something with all of them.
import { SvelteSet } from 'svelte/reactivity';

export class Selection {
  /** Whether clicks choose titles instead of opening them. */
  active = $state(false);
  readonly ids = new SvelteSet<number>();
  /** The title that was chosen last: a range begins there. */
  #anchor: number | null = null;

  get count(): number {
    return this.ids.size;
  }

  start(): void {
    this.active = true;
  }

  stop = (): void => {
    this.active = false;
    this.ids.clear();
    this.#anchor = null;
  };

  toggle(id: number): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
  }

  /** Chooses everything from the title that was chosen last to this one. `order`: all titles as the grid shows them. */
  extend(id: number, order: readonly number[]): void {
    const [from, to] = [order.indexOf(this.#anchor ?? id), order.indexOf(id)];
    if (from < 0 || to < 0) return this.toggle(id);
    for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(each);
    this.#anchor = id;
  }

  all(order: readonly number[]): void {
    this.active = true;
    for (const id of order) this.ids.add(id);
  }
}
