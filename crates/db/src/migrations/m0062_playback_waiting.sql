-- The position (0 to 100) of a resume point on Trakt that cannot be stored here yet, because the length of
-- its title is unknown.
ALTER TABLE trakt_playback ADD COLUMN waiting_percent {float};
