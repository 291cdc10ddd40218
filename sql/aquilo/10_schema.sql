CREATE SCHEMA aquilo;
COMMENT ON SCHEMA aquilo IS 'What leaves: search documents and the lists made from them.';
