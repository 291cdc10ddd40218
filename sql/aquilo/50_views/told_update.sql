CREATE OR REPLACE VIEW aquilo.told_update AS
SELECT
  n.doi AS original_doi, u.doi AS notice_doi, n.update_type, n.label, n.updated_on, n.source,
  NULL AS record_id, n.position
FROM aquilo.notice AS n
JOIN catalog.release AS u ON u.croid = n.croid AND u.doi IS NOT NULL
WHERE
  -- What a notice has from a source, the source tells itself, where it is asked.
  n.source = 'publisher'
  OR NOT EXISTS (
    SELECT FROM vulcanus.update_claim AS c WHERE c.original_doi = n.doi AND c.source = n.source
  )
UNION ALL
SELECT
  c.original_doi, c.notice_doi, c.update_type,
  upper(left(c.update_type, 1)) || replace(substr(c.update_type, 2), '_', ' '), c.updated_on,
  c.source, c.key, 0
FROM (
  SELECT DISTINCT a.original_doi, a.notice_doi, a.update_type, a.updated_on, a.source, a.key
  FROM vulcanus.update_claim AS a WHERE a.source <> 'record'
) AS c
WHERE EXISTS (
  SELECT FROM vulcanus.strategy AS s WHERE s.strategy = 'update-notice' AND s.is_enabled
);
COMMENT ON VIEW aquilo.told_update IS 'Every update of a DOI that is told to readers, with who tells of it: publishers in their notices, and the sources that Vulcanus asked, while its strategy is on.';
