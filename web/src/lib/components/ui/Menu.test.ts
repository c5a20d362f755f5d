// @vitest-environment jsdom
import '$lib/testing/server';
import '$lib/testing/lazy';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import Choice from './Choice.svelte';
import Menu from './Menu.svelte';

const trigger = createRawSnippet(() => ({ render: () => '<span>More</span>' }));
const focused = () => document.activeElement?.textContent?.trim();

function menu() {
  // jsdom has no layout: a menu without a position counts as hidden.
  const onselect = vi.fn();
  render(Menu, { label: 'Actions', trigger, items: [{ label: 'Rename', onselect }, { label: 'Delete' }] });
  return onselect;
}

it.each(['{Enter}', ' ', '{ArrowDown}'])(
  'focuses its first item when first opened with “%s”',
  async (key) => {
    const onselect = menu();
    screen.getByRole('button', { name: 'Actions' }).focus();
    await userEvent.keyboard(key);
    await screen.findByRole('menu', { hidden: true });
    await waitFor(() => expect(focused()).toBe('Rename'));
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('Delete');
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(onselect).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('menu', { hidden: true })).toBeNull());
  }
);

it('opens on the first click', async () => {
  const onselect = menu();
  await userEvent.click(screen.getByRole('button', { name: 'Actions' }));
  const [rename] = await screen.findAllByRole('menuitem', { hidden: true });
  await userEvent.click(rename as HTMLElement);
  expect(onselect).toHaveBeenCalledOnce();
});

it('a choice focuses its first option when first opened with the keyboard', async () => {
  const onchange = vi.fn();
  const options = [
    { value: 'name', label: 'Name' },
    { value: 'year', label: 'Year' }
  ];
  render(Choice, { label: 'Sort', options, value: 'name', onchange });
  screen.getByRole('button', { name: 'Sort: Name' }).focus();
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(focused()).toBe('Name'));
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(onchange).toHaveBeenCalledWith('year'));
});
