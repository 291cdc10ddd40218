CREATE INDEX document_search_idx ON aquilo.document USING gin (search);
COMMENT ON INDEX aquilo.document_search_idx IS 'Releases that contain the words of a query.';
