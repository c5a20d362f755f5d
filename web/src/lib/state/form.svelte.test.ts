import { expect, it } from 'vitest';
import { ApiError } from '$lib/api/error';
import { FormState } from './form.svelte';

const invalid = (fields: Record<string, string>) =>
  new ApiError(422, 'invalid', 'Check the fields.', null, fields);

it('runs one request at a time', async () => {
  const form = new FormState();
  let finish = (): void => undefined;
  const first = form.submit(() => new Promise<void>((resolve) => (finish = resolve)));
  expect(form.busy).toBe(true);
  expect(await form.submit(async () => undefined), 'a second click').toBe(false);
  finish();
  expect(await first).toBe(true);
  expect(form.busy).toBe(false);
});

it('assigns errors of its own fields to the fields, and other errors to the form', async () => {
  const form = new FormState(['name']);
  expect(await form.submit(() => Promise.reject(invalid({ name: 'Too long.' })))).toBe(false);
  expect(form.fieldError('name')).toBe('Too long.');
  expect(form.formError).toBeNull();
  await form.submit(() => Promise.reject(invalid({ path: 'Not found.' })));
  expect(form.fieldError('name')).toBeUndefined();
  expect(form.formError?.message).toBe('Check the fields.');
});

it('clears the error when it is submitted again', async () => {
  const form = new FormState();
  await form.submit(() => Promise.reject(new Error('internal detail')));
  expect(form.formError?.message).toBe('Something went wrong on this page.');
  expect(await form.submit(async () => undefined)).toBe(true);
  expect(form.formError).toBeNull();
});
