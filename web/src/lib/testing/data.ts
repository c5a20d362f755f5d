// Sample data for tests.
import type { TitleCard, TitleDetail } from '$lib/api';

export const movie: TitleCard = {
  id: 7,
  kind: 'movie',
  name: 'Nosferatu',
  year: 1922,
  runtime_minutes: 94,
  versions: 1,
  watched: false,
  plays: 0,
  added_at: '2026-01-01T00:00:00Z',
  missing: false,
  matched: true,
  in_watchlist: false,
  dropped: false
};

export const movieDetail: TitleDetail = {
  ...movie,
  files: [],
  genres: [],
  ids: {},
  recent_plays: [],
  collections: []
};
