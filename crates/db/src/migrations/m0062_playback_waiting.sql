-- Where a resume point on Trakt is, while it cannot be one here because the length of its title is unknown.
ALTER TABLE trakt_playback ADD COLUMN waiting_percent {float};
