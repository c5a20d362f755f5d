// Errors that the web app itself reports. All others come from the server with their own text.
import type { ErrorDetail } from '$lib/api/schema';
import { pick } from './language';
import { plural } from './locale';

export const en = {
  offline: 'Can’t reach Kinometa.',
  offlineAction:
    'Check that the server is running and that this device is on the same network. This page retries automatically.',
  badStatus: (status: number) => `The server returned an error (${status}).`,
  badStatusAction: 'Try again. If it keeps happening, check the server log.',
  page: 'Something went wrong on this page.',
  pageAction: 'Reload the page and try again.',
  /** Uses minutes from two minutes on, like the server. */
  retryAfter: (seconds: number) =>
    seconds < 120
      ? `Try again in ${plural(seconds, { one: 'second', other: 'seconds' })}.`
      : `Try again in ${plural(Math.ceil(seconds / 60), { one: 'minute', other: 'minutes' })}.`,

  /** An error from the server. A translation replaces the text if it knows the error's code. */
  localized: ({ message, action }: ErrorDetail): { message: string; action?: string } => ({
    message,
    action
  }),

  notFoundTitle: 'Page not found',
  notFoundText: 'The address may be wrong, or the page may have been removed.',
  brokenTitle: 'This page couldn’t be loaded',
  brokenText: 'Kinometa may be temporarily unavailable. The page reloads as soon as the server responds.',
  windowTitleNotFound: 'Page not found',
  windowTitleBroken: 'Error'
};

export const m = pick('errors', en);
