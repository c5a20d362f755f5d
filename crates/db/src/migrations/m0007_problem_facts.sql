-- Problems are stored as codes with details (facts); the text for users is generated when they are shown. The
-- text columns written by older versions (media_file.problem, library.message) are read-only from now on.

-- Details that the code does not contain, such as the system's error number.
ALTER TABLE media_file ADD COLUMN problem_facts {json};

-- Why the library is unavailable.
ALTER TABLE library ADD COLUMN state_reason TEXT;

-- The text can be generated from the code.
ALTER TABLE scan_problem DROP COLUMN message;
