// Colours for a title without artwork: always the same for a name, and different between names.

export interface ArtColors {
  /** A point on the colour wheel, in degrees. */
  hue: number;
  /** The dark ground, for a page's tint. */
  ground: string;
}

export function artColors(name: string): ArtColors {
  let hash = 2166136261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  const hue = hash % 360;
  return { hue, ground: `oklch(0.36 0.08 ${hue})` };
}

/** So many letters of a typographic poster's name fit into a line. */
const LETTERS = 11;

/** How much smaller a name is written, so that its longest word is not broken. Scripts that break anywhere need not be. */
export function fit(name: string): number {
  const words = name.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}’']+/gu) ?? [];
  const longest = Math.max(1, ...words.map((word) => word.length));
  return Math.min(1, Math.max(0.5, LETTERS / longest));
}

/** The letter or digit that stands for a name; articles do not count. */
export function initial(name: string): string {
  const bare = name.replace(/^(the|a|an|der|die|das|ein|eine|le|la|les)\s+/iu, '');
  return (bare.match(/[\p{L}\p{N}]/u)?.[0] ?? name.trim().charAt(0)).toLocaleUpperCase();
}
