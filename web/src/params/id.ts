import type { ParamMatcher } from '@sveltejs/kit';

/** Matches the ID of a title; anything else is an unknown address. */
export const match: ParamMatcher = (text) => /^[1-9]\d{0,14}$/.test(text);
