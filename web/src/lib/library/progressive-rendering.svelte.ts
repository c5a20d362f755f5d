import { oneMoreRow, overlap, type Span } from './window';

/**
 * Decides which cards of a long grid are built. A grid opens with the visible rows; those around them follow,
 * one row in each frame. While scrolling faster than one row per frame, new cards are placeholders; afterwards
 * they are built, one row in each frame, so that no frame takes long.
 */
export class ProgressiveRendering {
  /** The cards that are built; null if all visible cards are. */
  built = $state.raw<Span | null>(null);
  /** Whether cards scroll past too fast to fetch their data. */
  isFastScrolling = $state.raw(false);
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

  /** Call with the visible cards before the grid is shown for the first time. */
  opened(inView: Span): void {
    this.built = inView;
    this.#before = this.#visible();
    // A frame requested now still belongs to the first one.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(this.#next);
    });
  }

  /** Call after each scroll with the cards that were visible before it. */
  scrolled(before: Span): void {
    const now = this.#visible();
    if (this.built === null && !this.#jumped(before)) return;
    this.built = overlap(this.built ?? before, now);
    this.isFastScrolling = true;
    if (this.#frame === 0) {
      this.#before = now;
      this.#frame = requestAnimationFrame(this.#next);
    }
  }

  /** Builds all visible cards immediately, for example because one of them gets the focus. */
  finish = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.built = null;
    this.isFastScrolling = false;
  };

  /** Compares start and end, because at the top of a grid only the end moves at first. */
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
