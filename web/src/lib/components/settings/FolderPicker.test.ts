// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import FolderPicker from './FolderPicker.svelte';

it('removes the error of a folder while another one is typed', async () => {
  server.on('GET /api/folders', { body: { path: '/', folders: [] } });
  render(FolderPicker, { path: '' });
  const field = await screen.findByLabelText('Folder on the server');
  server.on('GET /api/folders', { status: 404, body: errorBody('This folder does not exist.') });
  await userEvent.type(field, '/nowhere');
  await userEvent.tab();
  expect(await screen.findByText('This folder does not exist.')).toBeTruthy();
  await userEvent.type(field, '/else');
  expect(screen.queryByText('This folder does not exist.')).toBeNull();
});
