// Uses the simulator through the npm package trakt.tv; prints the results as one JSON object.
const Trakt = require('trakt.tv');

const [base, clientId, clientSecret, movie, show] = process.argv.slice(2);

async function main() {
  const trakt = new Trakt({ client_id: clientId, client_secret: clientSecret, api_url: base, pagination: true });

  const codes = await trakt.get_codes();
  await fetch(`${base}/_sim/devices/${codes.user_code}`, {
    method: 'POST',
    body: JSON.stringify({ user: 'demo', approve: true }),
  });
  await trakt.poll_access(codes);
  const before = trakt.export_token();
  await trakt.refresh_token();
  const after = trakt.export_token();

  const added = await trakt.sync.history.add({ movies: [{ ids: { trakt: Number(movie) } }] });
  await trakt.sync.ratings.add({ shows: [{ ids: { trakt: Number(show) }, rating: 8 }] });
  await trakt.scrobble.start({ movie: { ids: { trakt: Number(movie) } }, progress: 3 });
  const list = await trakt.users.lists.create({ username: 'me', name: 'Made by trakt.tv' });

  const history = await trakt.sync.history.get({ page: 2, limit: 100 });
  const ratings = await trakt.sync.ratings.get({ type: 'shows' });
  const seen = {
    user: (await trakt.users.settings()).data.user.username,
    refreshed: before.access_token !== after.access_token,
    added: (added.data || added).added.movies,
    page: history.data.length,
    pages: Number(history.pagination['page-count']),
    rated: ratings.data.map((entry) => entry.rating),
    watching: (await trakt.users.watching({ username: 'me' })).data.action,
    list: (list.data || list).ids.slug,
    found: (await trakt.search.text({ type: 'movie', query: 'night' })).data.length,
    seasons: (await trakt.seasons.summary({ id: show })).data.length,
    calendar: Array.isArray((await trakt.calendars.all.movies({ start_date: '2026-11-01', days: 30 })).data),
    chart: (await trakt.movies.trending()).data.length,
  };
  console.log(JSON.stringify(seen));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
