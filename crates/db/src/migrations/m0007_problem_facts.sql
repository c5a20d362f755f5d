-- Problems are codes with facts; the sentences are made when they are shown. The text columns that older versions wrote
-- (media_file.problem, library.message) are only read from now on.

-- What the code alone does not say, such as the system's error number.
ALTER TABLE media_file ADD COLUMN problem_facts {json};

-- Why the library is unavailable.
ALTER TABLE library ADD COLUMN state_reason TEXT;

-- The sentence was a function of the code.
ALTER TABLE scan_problem DROP COLUMN message;
