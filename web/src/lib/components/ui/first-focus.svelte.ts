/**
 * Moves the focus to a menu's first item when its first opening came from the keyboard. The menu itself does so from the
 * second time on: the key press that loaded it happened before it was there.
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
