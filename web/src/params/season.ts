import type { ParamMatcher } from '@sveltejs/kit';

/** The number of a season; 0 holds the specials. */
export const match: ParamMatcher = (text) => /^\d{1,4}$/.test(text);
