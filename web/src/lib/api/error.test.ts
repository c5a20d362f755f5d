import { expect, it } from 'vitest';
import { ApiError, asApiError, errorFrom } from './error';

it('keeps the server’s message, fields and request ID', () => {
  const error = errorFrom(422, {
    error: {
      code: 'invalid',
      message: 'That folder is not there.',
      fields: { path: 'Not found.' },
      request_id: 'r1'
    }
  });
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid',
    message: 'That folder is not there.',
    fields: { path: 'Not found.' },
    requestId: 'r1'
  });
});

it('turns a retry time into an action', () => {
  expect(
    errorFrom(429, { error: { code: 'slow_down', message: 'Too many tries.', retry_after_seconds: 30 } })
      .action
  ).toBe('Try again in 30 seconds.');
});

it('reads a proxy’s page as an unreachable server', () => {
  expect(errorFrom(502, '<html>').offline).toBe(true);
  expect(errorFrom(500, undefined).message).toContain('500');
});

it('replaces the message of exceptions other than ApiError', () => {
  expect(asApiError(new TypeError('x is undefined')).message).toBe('Something went wrong on this page.');
  const own = new ApiError(404, 'not_found', 'Gone.');
  expect(asApiError(own)).toBe(own);
});
