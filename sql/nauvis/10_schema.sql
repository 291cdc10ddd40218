CREATE SCHEMA nauvis;
COMMENT ON SCHEMA nauvis IS 'Deposits as they came in, byte for byte, what was said to each of their records, and what it changed.';
