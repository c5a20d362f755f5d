// Sort order and filters of a library page, kept in the page's address so that they can be shared and restored.

/** What a library can be sorted by, each with its default order. */
export const SORTS = {
  name: { order: 'asc' },
  added: { order: 'desc' },
  year: { order: 'desc' },
  rating: { order: 'desc' },
  runtime: { order: 'asc' }
} as const;

export type Sort = keyof typeof SORTS;
export type Order = 'asc' | 'desc';

export interface Filters {
  sort: Sort;
  order: Order;
  genre?: string;
  decade?: string;
  resolution?: string;
  library?: string;
  watched?: 'yes' | 'no';
}

/** The filters that can be removed one by one. */
export type FilterName = 'genre' | 'decade' | 'resolution' | 'library' | 'watched';

export const FILTER_NAMES: readonly FilterName[] = ['genre', 'decade', 'resolution', 'library', 'watched'];

/** Reads an address. Unknown values are ignored, so that a mistyped address still shows a page. */
export function readFilters(query: URLSearchParams): Filters {
  const sort = query.get('sort');
  const known: Sort = sort !== null && Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'name';
  const order = query.get('order');
  const filters: Filters = {
    sort: known,
    order: order === 'asc' || order === 'desc' ? order : SORTS[known].order
  };
  for (const name of ['genre', 'resolution'] as const) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  for (const name of ['decade', 'library'] as const) {
    const value = query.get(name);
    if (value && /^\d+$/.test(value)) filters[name] = value;
  }
  const watched = query.get('watched');
  if (watched === 'yes' || watched === 'no') filters.watched = watched;
  return filters;
}

/** Writes an address without default values. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.sort !== 'name') query.set('sort', filters.sort);
  if (filters.order !== SORTS[filters.sort].order) query.set('order', filters.order);
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value) query.set(name, value);
  }
  return query.size ? `?${query}` : '';
}

/** The same filters with one changed or, with undefined, removed. */
export function withFilter(filters: Filters, name: FilterName, value: string | undefined): Filters {
  return { ...filters, [name]: value };
}

/** A new sort starts in its default order; choosing the current one again reverses the order. */
export function withSort(filters: Filters, sort: Sort): Filters {
  const reversed = filters.order === 'asc' ? 'desc' : 'asc';
  return { ...filters, sort, order: filters.sort === sort ? reversed : SORTS[sort].order };
}

export function activeFilterCount(filters: Filters): number {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined).length;
}
