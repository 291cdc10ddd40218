CREATE OR REPLACE VIEW vulcanus.missing_value AS
SELECT
  a.croid, 'affiliation-ror' AS strategy,
  concat_ws('/', '', a.member, a.contributor_position, 'affiliation', a.position) AS pointer,
  a.name AS text
FROM catalog.affiliation AS a
WHERE a.ror IS NULL AND a.name IS NOT NULL
UNION ALL
SELECT f.croid, 'funder-ror', concat_ws('/', '', 'funder', f.position), f.funder_name
FROM catalog.funding AS f
WHERE f.organisation_croid IS NULL AND f.funder_name IS NOT NULL;
COMMENT ON VIEW vulcanus.missing_value IS 'Where in live releases a strategy could have added a value and none is: the text it could not make out.';
