CREATE OR REPLACE VIEW fulgora.paid_article AS
SELECT
  s.value AS doi, s.source, s.key, s.release_no, s.facts ->> 'institution' AS institution,
  s.facts ->> 'period' AS period, (s.facts ->> 'euro')::numeric AS cost_eur,
  (s.facts ->> 'is_hybrid')::boolean AS is_hybrid, s.facts ->> 'licence' AS licence,
  s.facts ->> 'issn_l' AS issn_l
FROM fulgora.current_statement AS s
WHERE s.role = 'paid';
COMMENT ON VIEW fulgora.paid_article IS 'What institutions say they paid for the publication of a DOI.';
