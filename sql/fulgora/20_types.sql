CREATE TYPE fulgora.release_state AS ENUM ('loading', 'complete', 'failed');
COMMENT ON TYPE fulgora.release_state IS 'How far a release has been taken in; only a complete one answers.';
