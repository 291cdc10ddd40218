CREATE SCHEMA croid;
COMMENT ON SCHEMA croid IS 'Mints, encodes, resolves and locks the identifiers of research objects.';
