-- Additional data from Trakt about a title, read when a user opens its page. `votes`: the number of votes for
-- each rating from 1 to 10. `related`: related titles, whether they are in the library or not.
CREATE TABLE title_about (
    title_id BIGINT NOT NULL PRIMARY KEY REFERENCES title (id) ON DELETE CASCADE,
    votes {json} NOT NULL,
    related {json} NOT NULL,
    read_at BIGINT NOT NULL
);

-- Cast and crew members, by Trakt's ID. `titles`: their titles according to Trakt. `read_at`: when these were
-- read; until then, only the data that came with a title is known.
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

-- Cast and crew of titles, in Trakt's order.
CREATE TABLE credit (
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    part TEXT,
    PRIMARY KEY (title_id, position)
);
CREATE INDEX credit_person ON credit (person_id);
