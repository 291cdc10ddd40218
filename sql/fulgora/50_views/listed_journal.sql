CREATE OR REPLACE VIEW fulgora.listed_journal AS
SELECT
  s.value AS issn, s.source, s.key, s.release_no, s.facts ->> 'title' AS title,
  s.facts ->> 'publisher' AS publisher, s.facts ->> 'licence' AS licence,
  (s.facts ->> 'has_fee')::boolean AS has_fee, (s.facts ->> 'listed_on')::date AS listed_on
FROM fulgora.current_statement AS s
WHERE s.role = 'listed';
COMMENT ON VIEW fulgora.listed_journal IS 'Journals as directories list them now, by each of their ISSNs.';
