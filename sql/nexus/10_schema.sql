CREATE SCHEMA nexus;
COMMENT ON SCHEMA nexus IS 'How objects relate: one row per relation, told from both sides.';
