CREATE OR REPLACE VIEW aquilo.directory_issn AS
SELECT upper(j.source) AS directory, aquilo.fold_value('issn', j.issn) AS issn
FROM fulgora.listed_journal AS j
WHERE j.source = 'doaj';
COMMENT ON VIEW aquilo.directory_issn IS 'The ISSNs that directories of journals list.';
