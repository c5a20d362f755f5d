// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { toasts } from '$lib/state/toasts.svelte';
import PasswordForm from './PasswordForm.svelte';

const REQUEST = 'POST /api/me/password';
const current = () => screen.getByLabelText<HTMLInputElement>('Current password');
const replacement = () => screen.getByLabelText<HTMLInputElement>('New password');
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Change password' });

async function submit() {
  render(PasswordForm);
  await userEvent.type(current(), 'old password');
  await userEvent.type(replacement(), 'new password');
  await userEvent.click(button());
}

afterEach(() => {
  toasts.items = [];
});

it('shows an error at its field', async () => {
  server.on(REQUEST, {
    status: 422,
    body: errorBody('Check the marked fields.', { fields: { current: 'Wrong password.' } })
  });
  await submit();
  const text = await screen.findByText('Wrong password.');
  expect(current().getAttribute('aria-invalid')).toBe('true');
  expect(current().getAttribute('aria-describedby')).toBe(text.id);
  expect(replacement().getAttribute('aria-invalid')).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('shows other errors above the form, and keeps the entered values', async () => {
  server.on(REQUEST, { status: 500, body: errorBody('Could not save.', { action: 'Try again.' }) });
  await submit();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Could not save.');
  expect(alert.textContent).toContain('Try again.');
  expect(replacement().value).toBe('new password');
  expect(button().disabled).toBe(false);
});

it('is busy during the request, and is cleared afterwards', async () => {
  let finish = (): void => undefined;
  server.on(REQUEST, () => new Promise((resolve) => (finish = () => resolve({}))));
  await submit();
  await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('true'));
  expect(button().disabled).toBe(true);
  finish();
  await waitFor(() => expect(current().value).toBe(''));
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Password changed.']);
  expect(server.requests).toEqual([REQUEST]);
});

it('offers to revoke API tokens, and confirms it', async () => {
  let body: unknown;
  server.on(REQUEST, (sent) => {
    body = sent;
    return {};
  });
  render(PasswordForm);
  await userEvent.type(current(), 'old password');
  await userEvent.type(replacement(), 'new password');
  await userEvent.click(screen.getByRole('switch', { name: 'Also revoke API tokens' }));
  await userEvent.click(button());
  await waitFor(() => expect(current().value).toBe(''));
  expect(body).toEqual({ current: 'old password', new: 'new password', revoke_api_tokens: true });
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Password changed and API tokens revoked.']);
});
