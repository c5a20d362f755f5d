"""Reads a collection with unchanged python-plexapi, then makes things with it. Prints what it read as JSON."""
import io
import json
import sys

from plexapi.server import PlexServer

url, token, name = sys.argv[1:]
server = PlexServer(url, token)
movies = server.library.section("Movies")
every = sorted(movies.all(), key=lambda movie: movie.ratingKey)

known = movies.collection(name).reload()
visibility = known.visibility()
member = known.items()[0].reload()
show = server.library.section("TV Shows").all()[0]
hidden = movies.collection("Hidden").reload()
parts = server.library.section("TV Shows").collections()


def places(collection):
    shown = collection.visibility()
    return [shown.promotedToRecommended, shown.promotedToOwnHome, shown.promotedToSharedHome]


seen = {
    "hidden": [
        hidden.collectionMode,
        hidden.collectionSort,
        len(hidden.items()),
        [poster.selected for poster in hidden.posters()],
        places(hidden),
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
    "row": movies.managedHubs()[0].title,
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
    "total": len(every),
    "tagged": [tag.tag for tag in member.collections],
    "seasons": len(show.seasons()),
    "episodes": len(show.episodes()),
}

made = movies.createCollection("By plexapi", items=every[:2])
made.addItems(every[2])
made.sortUpdate("custom")
made.modeUpdate("showItems")
made.moveItem(every[2])
made.removeItems(every[0])
made.editSummary("From Python").editSortTitle("zzz").editContentRating("R")
made.addLabel(["Keep", "Drop, this"])
made.reload()
made.removeLabel("Drop, this")
made.uploadPoster(filepath=io.BytesIO(b"a picture"))
made.uploadPoster(url="https://example.org/poster.jpg")
made.setPoster(made.posters()[0])
made.visibility().updateVisibility(recommended=True, home=True, shared=False)
made.visibility().move()

movies.createCollection("Smart by plexapi", smart=True, libtype="movie", limit=5)

server.createPlaylist("List by plexapi", items=[every[0]])
playlist = server.playlist("List by plexapi")
playlist.addItems([every[1], every[2]])
playlist.reload()
playlist.moveItem(every[1])
playlist.reload()
playlist.removeItems(every[2])

movies.createCollection("Deleted by plexapi", items=every[:1]).delete()

print(json.dumps(seen))
