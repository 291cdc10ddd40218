CREATE TYPE platform.task_state AS ENUM ('waiting', 'running', 'completed', 'completed-with-errors', 'failed');
COMMENT ON TYPE platform.task_state IS 'How far a piece of long work has come; the last three are final.';
