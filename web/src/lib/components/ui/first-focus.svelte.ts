/**
 * Focuses a menu's first item when the menu is first opened with the keyboard. Later, the menu does this
 * itself; it misses the first key press, which loads its code.
 */
export function firstFocus(content: () => HTMLElement | null, wanted: () => boolean): void {
  let opened = false;
  $effect(() => {
    const menu = content();
    if (!menu || opened) return;
    opened = true;
    if (wanted()) menu.querySelector<HTMLElement>('[role^="menuitem"]')?.focus({ preventScroll: true });
  });
}
