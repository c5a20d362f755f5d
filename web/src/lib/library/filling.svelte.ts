import { oneMoreRow, overlap, type Span } from './window';

/**
 * Which cards of a long grid are built. A grid opens with the rows in view; those around it follow, a row in each frame.
 * While somebody scrolls faster than a row in each frame, new cards are placeholders; when it slows down they are built, a
 * row in each frame, so that no frame takes long.
 */
export class Filling {
  /** The cards that are built; null when all that are visible are. */
  built = $state.raw<Span | null>(null);
  /** Whether cards only fly past: their data need not be fetched. */
  passing = $state.raw(false);
  #visible: () => Span;
  #columns: () => number;
  #frame = 0;
  #before: Span = { start: 0, end: 0 };

  constructor(visible: () => Span, columns: () => number) {
    this.#visible = visible;
    this.#columns = columns;
  }

  has(card: number): boolean {
    return this.built === null || (card >= this.built.start && card < this.built.end);
  }

  /** Call when the grid is about to be shown for the first time, with the cards in view. */
  opened(inView: Span): void {
    this.built = inView;
    this.#before = this.#visible();
    // A frame asked for now is still part of the first one.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(this.#next);
    });
  }

  /** Call after each scroll with what was visible before it. */
  scrolled(before: Span): void {
    const now = this.#visible();
    if (this.built === null && !this.#jumped(before)) return;
    this.built = overlap(this.built ?? before, now);
    this.passing = true;
    if (this.#frame === 0) {
      this.#before = now;
      this.#frame = requestAnimationFrame(this.#next);
    }
  }

  /** Builds everything at once, such as the card that is to get the focus. */
  finish = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.built = null;
    this.passing = false;
  };

  /** At the top of a grid only the end moves at first. */
  #jumped(before: Span): boolean {
    const { start, end } = this.#visible();
    return Math.max(Math.abs(start - before.start), Math.abs(end - before.end)) > this.#columns();
  }

  #next = (): void => {
    const wanted = this.#visible();
    if (this.built && !this.#jumped(this.#before))
      this.built = oneMoreRow(this.built, wanted, this.#columns());
    this.#before = wanted;
    const done = !this.built || (this.built.start <= wanted.start && this.built.end >= wanted.end);
    if (done) this.finish();
    else this.#frame = requestAnimationFrame(this.#next);
  };
}
