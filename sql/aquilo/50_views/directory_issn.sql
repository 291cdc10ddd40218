CREATE OR REPLACE VIEW aquilo.directory_issn AS
SELECT upper(r.source) AS directory, aquilo.fold_value('issn', r.key) AS issn
FROM fulgora.record AS r
WHERE r.source = 'doaj' AND r.valid_to_release IS NULL;
COMMENT ON VIEW aquilo.directory_issn IS 'The ISSNs that directories of journals list.';
