// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Session } from '$lib/api';
import type { Chrome } from '$lib/player/chrome.svelte';
import type { Player } from '$lib/player/player.svelte';
import { session } from '$lib/state/session.svelte';
import TrackMenus from './TrackMenus.svelte';

const player = {
  playback: {
    id: 1,
    file: { audio: [] },
    subtitles: [{ index: 2, label: 'English', language: 'en', url: '/subtitles/2.vtt' }]
  },
  subtitle: 2,
  media: { rate: 1 },
  chooseSubtitle: vi.fn()
} as unknown as Player;

const menus = (subtitlesMove: boolean) => {
  const chrome = { subtitlesMove, moveSubtitles: vi.fn(), setRate: vi.fn() } as unknown as Chrome;
  render(TrackMenus, { player, chrome });
};

beforeEach(() => {
  server.on('GET /api/playback/1/companions', { body: { people: [] } });
  session.value = { user: { preferences: {} } } as unknown as Session;
});

// jsdom has no layout: a menu without a position counts as hidden, and its items have no accessible names.
it('stays open when the look of subtitles is changed', async () => {
  menus(true);
  await userEvent.click(screen.getByRole('button', { name: 'Subtitles' }));
  await userEvent.click(await screen.findByText('Large'));
  expect(session.preferences.subtitle_size).toBe('large');
  await userEvent.click(screen.getByText('Shadow'));
  expect(session.preferences.subtitle_background).toBe('shadow');
});

it('does not offer looks for subtitles that are part of the video', async () => {
  menus(false);
  await userEvent.click(screen.getByRole('button', { name: 'Subtitles' }));
  await screen.findByText('English');
  expect(screen.queryByText('Subtitle size')).toBeNull();
});
