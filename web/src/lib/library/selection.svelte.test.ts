import { expect, it } from 'vitest';
import { Selection } from './selection.svelte';

const ORDER = [40, 10, 30, 20, 50];
const chosen = (selection: Selection) => ORDER.filter((id) => selection.ids.has(id));

it('chooses a range from the title chosen last, in the order of the grid, in either direction', () => {
  const selection = new Selection();
  selection.toggle(10);
  selection.extend(20, ORDER);
  expect(chosen(selection)).toEqual([10, 30, 20]);
  selection.extend(40, ORDER);
  expect(chosen(selection)).toEqual([40, 10, 30, 20]);
});

it('begins a range at the title itself when none was chosen', () => {
  const selection = new Selection();
  selection.extend(30, ORDER);
  expect(chosen(selection)).toEqual([30]);
});

it('chooses a title alone when the title chosen last is not in the grid any more', () => {
  const selection = new Selection();
  selection.toggle(99);
  selection.extend(30, ORDER);
  expect(chosen(selection)).toEqual([30]);
});

it('takes a title out again, and everything when it ends', () => {
  const selection = new Selection();
  selection.all(ORDER);
  selection.toggle(30);
  expect([selection.active, selection.count]).toEqual([true, 4]);
  selection.stop();
  expect([selection.active, selection.count]).toEqual([false, 0]);
});
