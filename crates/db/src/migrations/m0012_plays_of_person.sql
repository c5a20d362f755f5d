-- A covering index for counting a user's plays per title.
CREATE INDEX play_of_person ON play (user_id, title_id, watched_at);
