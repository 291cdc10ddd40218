CREATE SCHEMA gleba;
COMMENT ON SCHEMA gleba IS 'Reports: counts that spoil, each with its age and shelf life.';
