// A list that is shown part by part: "Show more" shows the next part, a reload fetches again all that is shown.

export interface Part<T> {
  items: T[];
  total: number;
}

/** How many rows a part adds. */
export const PART = 100;
/** The server gives no more at once. */
const LARGEST = 500;

/** The first `wanted` rows. Rows that move between two requests are given once. */
export async function readParts<T>(
  wanted: number,
  load: (offset: number, limit: number) => Promise<Part<T>>,
  id: (item: T) => string | number
): Promise<Part<T>> {
  const found = new Map<string | number, T>();
  for (let offset = 0; ; offset += LARGEST) {
    const { items, total } = await load(offset, Math.min(LARGEST, wanted - offset));
    for (const item of items) found.set(id(item), item);
    const end = offset + LARGEST;
    if (end >= wanted || end >= total) return { items: [...found.values()], total };
  }
}
