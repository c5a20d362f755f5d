// Colours and lettering for titles without artwork. Colours are derived from the name, so they never change.

export interface ArtColors {
  /** The hue in degrees. */
  hue: number;
  /** The dark background colour, for a page's tint. */
  ground: string;
}

export function artColors(name: string): ArtColors {
  let hash = 2166136261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  const hue = hash % 360;
  return { hue, ground: `oklch(0.36 0.08 ${hue})` };
}

/** Number of letters that fit into a line of a typographic poster. */
const LETTERS = 11;

/** The scale at which a name's longest word fits into a line. Scripts that can be broken anywhere are not scaled. */
export function fit(name: string): number {
  const words = name.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}’']+/gu) ?? [];
  const longest = Math.max(1, ...words.map((word) => word.length));
  return Math.min(1, Math.max(0.5, LETTERS / longest));
}

/** The first letter or digit of a name, without its article. */
export function initial(name: string): string {
  const bare = name.replace(/^(the|a|an|der|die|das|ein|eine|le|la|les)\s+/iu, '');
  return (bare.match(/[\p{L}\p{N}]/u)?.[0] ?? name.trim().charAt(0)).toLocaleUpperCase();
}
