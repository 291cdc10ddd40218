CREATE OR REPLACE VIEW vulcanus.known_update AS
SELECT
  c.original_doi, c.notice_doi, c.update_type,
  upper(left(c.update_type, 1)) || replace(substr(c.update_type, 2), '_', ' ') AS label,
  min(c.updated_on) AS updated_on,
  array_agg(DISTINCT c.source ORDER BY c.source) AS sources
FROM vulcanus.update_claim AS c
GROUP BY c.original_doi, c.notice_doi, c.update_type;
COMMENT ON VIEW vulcanus.known_update IS 'Every update of a work that notices here or sources tell of, each once, with who tells of it and its first day: what the work was updated by.';
