import { describe, expect, it } from 'vitest';
import { activeFilterCount, readFilters, withFilter, withSort, writeFilters } from './filters';

const read = (address: string) => readFilters(new URLSearchParams(address));

describe('the address', () => {
  it.each(['', '?sort=added', '?sort=year&order=asc&genre=horror&decade=1920&watched=no', '?library=2'])(
    'is unchanged after reading and writing: %s',
    (address) => expect(writeFilters(read(address))).toBe(address)
  );

  it('ignores unknown values', () => {
    expect(read('?sort=size&order=up&watched=maybe&decade=old&page=3')).toEqual({
      sort: 'name',
      order: 'asc'
    });
    expect(read('?sort=constructor').sort).toBe('name');
  });

  it('leaves out the default order', () => {
    expect(writeFilters(read('?sort=rating&order=desc'))).toBe('?sort=rating');
  });
});

it('removes one filter and keeps the rest', () => {
  const filters = read('?genre=horror&decade=1920&sort=year');
  expect(writeFilters(withFilter(filters, 'genre', undefined))).toBe('?sort=year&decade=1920');
  expect(withFilter(filters, 'watched', 'yes').watched).toBe('yes');
  expect(activeFilterCount(filters)).toBe(2);
});

it('reverses the order when the same sort is chosen again', () => {
  const added = withSort(read(''), 'added');
  expect(added.order).toBe('desc');
  expect(withSort(added, 'added').order).toBe('asc');
  expect(withSort(added, 'name').order).toBe('asc');
});
