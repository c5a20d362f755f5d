// Virtual scrolling: only the cards near the viewport of a long grid are rendered. Pure arithmetic.

export interface GridShape {
  columns: number;
  cardWidth: number;
  rowHeight: number;
}

export interface GridOptions {
  /** Minimum card width in pixels. */
  minCardWidth: number;
  gap: number;
  /** Image height divided by its width. */
  aspect: number;
  /** Height of the text below the image. */
  captionHeight: number;
  minColumns?: number;
}

/** How cards are laid out in a container of this width. */
export function gridShape(width: number, options: GridOptions): GridShape {
  const fitting = Math.floor((width + options.gap) / (options.minCardWidth + options.gap));
  const columns = Math.max(options.minColumns ?? 1, fitting, 1);
  const cardWidth = Math.max(0, (width - options.gap * (columns - 1)) / columns);
  return {
    columns,
    cardWidth,
    rowHeight: cardWidth * options.aspect + options.captionHeight + options.gap
  };
}

/** A range of consecutive cards. */
export interface Span {
  /** The first card. */
  start: number;
  /** One past the last card. */
  end: number;
}

/** The cards to render. */
export interface VisibleRange extends Span {
  /** Distance of the first row from the top of the grid. */
  top: number;
  /** Height of the whole grid. */
  height: number;
}

/** Rows that are rendered above and below the viewport. */
const OVERSCAN = 2;

/** The cards near the viewport. `scroll` is how far the grid's top lies above the viewport's top. */
export function visibleRange(
  total: number,
  shape: GridShape,
  scroll: number,
  viewport: number,
  overscanRows = OVERSCAN
): VisibleRange {
  const rows = Math.ceil(total / shape.columns);
  const height = rows * shape.rowHeight;
  if (rows === 0 || shape.rowHeight <= 0) return { start: 0, end: 0, top: 0, height: 0 };
  const first = clamp(Math.floor(scroll / shape.rowHeight) - overscanRows, 0, rows - 1);
  const last = clamp(Math.ceil((scroll + viewport) / shape.rowHeight) + overscanRows, first + 1, rows);
  return {
    start: first * shape.columns,
    end: Math.min(total, last * shape.columns),
    top: first * shape.rowHeight,
    height
  };
}

/** The cards that are in both ranges. */
export function overlap(one: Span, other: Span): Span {
  const start = Math.max(one.start, other.start);
  return { start, end: Math.max(start, Math.min(one.end, other.end)) };
}

/** Extends `built` by one row of `wanted`: from the top of the viewport down, then upwards. */
export function oneMoreRow(built: Span, wanted: Span, columns: number): Span {
  const { start, end } = overlap(built, wanted);
  if (start === end) {
    const first = wanted.start === 0 ? 0 : Math.min(wanted.start + OVERSCAN * columns, wanted.end - columns);
    const from = Math.max(wanted.start, first);
    return { start: from, end: Math.min(from + columns, wanted.end) };
  }
  if (end < wanted.end) return { start, end: Math.min(end + columns, wanted.end) };
  return { start: Math.max(start - columns, wanted.start), end };
}

/** The pages of a paged list that contain these cards. */
export function pagesFor(start: number, end: number, pageSize: number): number[] {
  if (end <= start) return [];
  const first = Math.floor(start / pageSize);
  const last = Math.floor((end - 1) / pageSize);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The index to which a key moves the focus in a grid; null for other keys. */
export function moveFocus(
  key: string,
  from: number,
  total: number,
  columns: number,
  pageRows = 3
): number | null {
  const targets: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    PageDown: from + columns * pageRows,
    PageUp: from - columns * pageRows,
    Home: 0,
    End: total - 1
  };
  const target = targets[key];
  if (target === undefined || total === 0) return null;
  const leavesTheGrid = (key === 'ArrowUp' || key === 'ArrowLeft') && target < 0;
  return leavesTheGrid ? from : clamp(target, 0, total - 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
