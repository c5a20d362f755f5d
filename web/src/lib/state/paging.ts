// A list that grows page by page: "Show more" adds a page, a reload fetches all pages shown so far.

export interface Page<T> {
  items: T[];
  total: number;
}

/** Rows per page. */
export const PAGE_SIZE = 100;
/** The server's maximum per request. */
const MAX_ROWS = 500;

/** The first `wanted` rows. A row that moves between two requests is returned once. */
export async function loadRows<T>(
  wanted: number,
  load: (offset: number, limit: number) => Promise<Page<T>>,
  id: (item: T) => string | number
): Promise<Page<T>> {
  const found = new Map<string | number, T>();
  for (let offset = 0; ; offset += MAX_ROWS) {
    const { items, total } = await load(offset, Math.min(MAX_ROWS, wanted - offset));
    for (const item of items) found.set(id(item), item);
    const end = offset + MAX_ROWS;
    if (end >= wanted || end >= total) return { items: [...found.values()], total };
  }
}
