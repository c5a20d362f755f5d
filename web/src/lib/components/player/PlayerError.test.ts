// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { errorFrom } from '$lib/api/error';
import PlayerError from './PlayerError.svelte';

const show = (reason: string) =>
  render(PlayerError, {
    error: errorFrom(503, {
      error: {
        code: 'ffmpeg_missing',
        message: 'What the file needs.',
        action: 'What to do.',
        because: { reason }
      }
    }),
    retry: () => undefined,
    exit: () => undefined
  });

it('shows how to install ffmpeg if it is missing', () => {
  show('ffmpeg_to_play');
  screen.getByText('sudo apt install ffmpeg');
  screen.getByText('What the file needs.');
});

it('shows what is missing if ffmpeg lacks the encoder', () => {
  show('no_encoder');
  expect(screen.queryByText('sudo apt install ffmpeg')).toBeNull();
  screen.getByRole('heading', { name: 'What the file needs.' });
  screen.getByText('What to do.');
});
