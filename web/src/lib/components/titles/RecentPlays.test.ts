// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { NotOnTrakt, Play } from '$lib/api';
import { movie } from '$lib/testing/data';
import RecentPlays from './RecentPlays.svelte';

const play: Play = {
  id: 1,
  title: movie,
  watched_at: '2026-01-02T20:00:00Z',
  source: 'trakt',
  private: false,
  trakt: { state: 'none' }
};

const show = (why?: NotOnTrakt) => render(RecentPlays, { plays: [play], why });

describe('RecentPlays', () => {
  it('shows why the last play is not on Trakt', () => {
    show({ reason: 'kept', message: 'Removed on Trakt and kept here.' });
    expect(screen.getByText('Removed on Trakt and kept here.')).toBeTruthy();
  });

  it.each(['refused', 'not_connected'] as const)(
    'leaves out reasons that are shown elsewhere: %s',
    (reason) => {
      show({ reason, message: 'Said elsewhere.' });
      expect(screen.queryByText('Said elsewhere.')).toBeNull();
    }
  );
});
