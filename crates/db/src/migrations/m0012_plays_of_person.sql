-- What a person played, counted per title, is read from the index alone.
CREATE INDEX play_of_person ON play (user_id, title_id, watched_at);
