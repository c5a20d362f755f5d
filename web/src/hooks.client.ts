import { loadLanguage } from '$lib/messages/language';
import type { ClientInit } from '@sveltejs/kit';

/** Runs before the first page is loaded, so that messages are in the right language from the start. */
export const init: ClientInit = loadLanguage;
