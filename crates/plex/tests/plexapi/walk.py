"""Reads collections with unmodified python-plexapi, then creates some with it. Prints what it has read as JSON."""
import io
import json
import sys

from plexapi.server import PlexServer

url, token, name = sys.argv[1:]
server = PlexServer(url, token)
movies = server.library.section("Movies")
all_movies = sorted(movies.all(), key=lambda movie: movie.ratingKey)

known = movies.collection(name).reload()
visibility = known.visibility()
member = known.items()[0].reload()
show = server.library.section("TV Shows").all()[0]
hidden = movies.collection("Hidden").reload()
parts = server.library.section("TV Shows").collections()


def visibility_flags(collection):
    shown = collection.visibility()
    return [shown.promotedToRecommended, shown.promotedToOwnHome, shown.promotedToSharedHome]


seen = {
    "hidden": [
        hidden.collectionMode,
        hidden.collectionSort,
        len(hidden.items()),
        [poster.selected for poster in hidden.posters()],
        visibility_flags(hidden),
    ],
    "moved": [item.ratingKey for item in movies.collection("Moved").items()],
    "blank": len(movies.collection("Blank").items()),
    "parts": {one.title: [one.subtype, len(one.items())] for one in parts},
    "ours": sorted(one.title for one in movies.collections() if "Kinometa" in [label.tag for label in one.labels]),
    "filter": movies.collection("Chosen").filters(),
    "members": [item.ratingKey for item in known.items()],
    "labels": [label.tag for label in known.labels],
    "summary": known.summary,
    "titleSort": known.titleSort,
    "mode": known.collectionMode,
    "sort": known.collectionSort,
    "contentRating": known.contentRating,
    "arts": [art.selected for art in known.arts()],
    "first_hub": movies.managedHubs()[0].title,
    "labelled": [label.tag for label in member.labels],
    "smart": [movies.collection("Chosen").smart, len(movies.collection("Chosen").items())],
    "playlist": [item.ratingKey for item in server.playlist("Night").items()],
    "posters": [poster.selected for poster in known.posters()],
    "visibility": [
        visibility.promotedToRecommended,
        visibility.promotedToOwnHome,
        visibility.promotedToSharedHome,
    ],
    "locked": known.isLocked("summary"),
    "total": len(all_movies),
    "tagged": [tag.tag for tag in member.collections],
    "seasons": len(show.seasons()),
    "episodes": len(show.episodes()),
}

created = movies.createCollection("By plexapi", items=all_movies[:2])
created.addItems(all_movies[2])
created.sortUpdate("custom")
created.modeUpdate("showItems")
created.moveItem(all_movies[2])
created.removeItems(all_movies[0])
created.editSummary("From Python").editSortTitle("zzz").editContentRating("R")
created.addLabel(["Keep", "Drop, this"])
created.reload()
created.removeLabel("Drop, this")
created.uploadPoster(filepath=io.BytesIO(b"a picture"))
created.uploadPoster(url="https://example.org/poster.jpg")
created.setPoster(created.posters()[0])
created.visibility().updateVisibility(recommended=True, home=True, shared=False)
created.visibility().move()

movies.createCollection("Smart by plexapi", smart=True, libtype="movie", limit=5)

server.createPlaylist("List by plexapi", items=[all_movies[0]])
playlist = server.playlist("List by plexapi")
playlist.addItems([all_movies[1], all_movies[2]])
playlist.reload()
playlist.moveItem(all_movies[1])
playlist.reload()
playlist.removeItems(all_movies[2])

movies.createCollection("Deleted by plexapi", items=all_movies[:1]).delete()

print(json.dumps(seen))
