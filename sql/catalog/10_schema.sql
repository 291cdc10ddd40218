CREATE SCHEMA catalog;
COMMENT ON SCHEMA catalog IS 'The versioned engine: ident, revision, edit, editgroup, changelog, and the typed projections of what is live.';
