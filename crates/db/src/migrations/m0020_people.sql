-- What Trakt says about a title beside its own texts, read when somebody opens its page. `votes`: how many gave each rating
-- from 1 to 10. `related`: what goes with it, whether it is here or not.
CREATE TABLE title_about (
    title_id BIGINT NOT NULL PRIMARY KEY REFERENCES title (id) ON DELETE CASCADE,
    votes {json} NOT NULL,
    related {json} NOT NULL,
    read_at BIGINT NOT NULL
);

-- People who play in titles or make them, by Trakt's id. `titles`: what Trakt names as theirs. `read_at`: when that was read;
-- until then only what came with a title is known.
CREATE TABLE person (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    photo TEXT,
    biography TEXT,
    birthday TEXT,
    death TEXT,
    birthplace TEXT,
    titles {json} NOT NULL,
    read_at BIGINT
);

-- Who did what in a title, in Trakt's order.
CREATE TABLE credit (
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    part TEXT,
    PRIMARY KEY (title_id, position)
);
CREATE INDEX credit_person ON credit (person_id);
