import type { ParamMatcher } from '@sveltejs/kit';

/** Matches the number of a season; 0 contains the specials. */
export const match: ParamMatcher = (text) => /^\d{1,4}$/.test(text);
