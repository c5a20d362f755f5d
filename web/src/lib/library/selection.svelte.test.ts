import { expect, it } from 'vitest';
import { Selection } from './selection.svelte';

const ORDER = [40, 10, 30, 20, 50];
const selected = (selection: Selection) => ORDER.filter((id) => selection.ids.has(id));

it('selects a range from the last selected title, in grid order, in either direction', () => {
  const selection = new Selection();
  selection.toggle(10);
  selection.extend(20, ORDER);
  expect(selected(selection)).toEqual([10, 30, 20]);
  selection.extend(40, ORDER);
  expect(selected(selection)).toEqual([40, 10, 30, 20]);
});

it('starts a range at the title itself if none was selected', () => {
  const selection = new Selection();
  selection.extend(30, ORDER);
  expect(selected(selection)).toEqual([30]);
});

it('selects only one title if the last selected title is no longer in the grid', () => {
  const selection = new Selection();
  selection.toggle(99);
  selection.extend(30, ORDER);
  expect(selected(selection)).toEqual([30]);
});

it('deselects a title, and everything when selecting ends', () => {
  const selection = new Selection();
  selection.all(ORDER);
  selection.toggle(30);
  expect([selection.active, selection.count]).toEqual([true, 4]);
  selection.stop();
  expect([selection.active, selection.count]).toEqual([false, 0]);
});
