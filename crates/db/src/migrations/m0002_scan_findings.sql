-- What a scan found out beside the media files themselves.

-- Changes when a file beside the video (NFO, picture, subtitle) comes, goes or changes: the video itself is not read again.
ALTER TABLE media_file ADD COLUMN sidecar_stamp TEXT;

-- Folders and files that could not be used at all, and so have no media_file row. Replaced as a whole by every scan.
CREATE TABLE scan_problem (
    id {id},
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX scan_problem_library ON scan_problem (library_id, path);
