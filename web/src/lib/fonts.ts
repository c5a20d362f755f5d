/** Loads the fonts before any text needs them: changing the font of a text later would shift everything below it. */
export function loadFonts(): void {
  // If a font cannot be loaded, the next font of the stack is used.
  for (const name of ['Inter Variable', 'Bricolage Grotesque Variable'])
    document.fonts.load(`1em "${name}"`).catch(() => undefined);
}
