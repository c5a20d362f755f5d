"""Uses the simulator through pytrakt as a program would; prints the results as one JSON object."""

import json
import sys
import tempfile

import trakt.core

base, client_id, client_secret, token, movie_slug, show_slug = sys.argv[1:]
trakt.core.BASE_URL = base + "/"
trakt.core.CONFIG_PATH = tempfile.mkdtemp() + "/pytrakt.json"
trakt.core.CLIENT_ID = client_id
trakt.core.CLIENT_SECRET = client_secret
trakt.core.OAUTH_TOKEN = token
trakt.core.OAUTH_EXPIRES_AT = 99999999999

from trakt import sync  # noqa: E402  (the module reads the settings above)
from trakt.movies import Movie, trending_movies, updated_movies  # noqa: E402
from trakt.tv import TVShow, popular_shows  # noqa: E402
from trakt.users import User, follow, get_user_settings  # noqa: E402

movie = Movie("unused", slug=movie_slug)
show = TVShow("unused", slug=show_slug)
me = User("demo")
seen = {
    "username": get_user_settings()["user"]["username"],
    "movie": movie.trakt,
    "cast": len(movie.cast),
    "seasons": [season.season for season in show.seasons],
    "trending": len(trending_movies()),
    "updated": len(updated_movies()),
    "popular": len(popular_shows()),
    "list": len(me.get_list("rainy-sunday")),
    "found": [hit.slug for hit in sync.search_by_id(movie.imdb, "imdb", "movie")],
}

movie.mark_as_seen()
movie.rate(9)
show.add_to_collection()
follow("guest")
movie.comment("A film for a long evening.")
player = movie.scrobble(5, "1.0", "2026-11-21")
player.start()
player.update(40)
player.pause()
player.finish()
# Trakt removes watched titles from the watchlist, so this comes last.
movie.add_to_watchlist()

seen["watched"] = [watched.slug for watched in me.watched_movies]
seen["watchlist"] = [wished.slug for wished in me.watchlist_movies]
seen["collected"] = [collected.slug for collected in me.show_collection]
seen["rated"] = [entry["rating"] for entry in me.get_ratings("movies")]
seen["following"] = [person.username for person in me.following]
seen["comments"] = [comment.comment for comment in movie.comments]
print(json.dumps(seen))
