/** Loads the fonts before any text asks for them: a text that changes its font is laid out twice, and moves what is below it. */
export function loadFonts(): void {
  // What cannot be loaded is shown in the next font of its stack.
  for (const name of ['Inter Variable', 'Bricolage Grotesque Variable'])
    document.fonts.load(`1em "${name}"`).catch(() => undefined);
}
