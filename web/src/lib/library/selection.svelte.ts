// The titles selected in a grid, for bulk actions.
import { SvelteSet } from 'svelte/reactivity';

export class Selection {
  /** Whether clicks select titles instead of opening them. */
  active = $state(false);
  readonly ids = new SvelteSet<number>();
  /** The title that was selected last, where a range starts. */
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

  /** Selects all titles from the last selected one to this one. `order` contains all titles in grid order. */
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
