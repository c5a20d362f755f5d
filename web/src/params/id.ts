import type { ParamMatcher } from '@sveltejs/kit';

/** The id of a title; anything else is an address that does not exist. */
export const match: ParamMatcher = (text) => /^[1-9]\d{0,14}$/.test(text);
