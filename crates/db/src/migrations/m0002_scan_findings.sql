-- Results of a scan other than the media files themselves.

-- Changes when a file next to the video (NFO, image, subtitles) is added, removed or modified. The video
-- itself is not read again in that case.
ALTER TABLE media_file ADD COLUMN sidecar_stamp TEXT;

-- Folders and files that could not be used at all and therefore have no media_file row. Each scan replaces
-- all of them.
CREATE TABLE scan_problem (
    id {id},
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX scan_problem_library ON scan_problem (library_id, path);
