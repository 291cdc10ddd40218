CREATE OR REPLACE VIEW fulgora.update_notice AS
SELECT
  s.scheme, s.value, s.source, s.key, s.release_no, s.facts ->> 'type' AS given_type,
  w.update_type, u.is_withdrawing, (s.facts ->> 'on')::date AS updated_on,
  s.facts ->> 'notice' AS notice_doi,
  ARRAY(
    SELECT e.reason FROM jsonb_array_elements_text(s.facts -> 'reasons') AS e (reason)
  ) AS reasons
FROM fulgora.current_statement AS s
LEFT JOIN fulgora.update_word AS w ON w.word = fulgora.fold_word(s.facts ->> 'type')
LEFT JOIN fulgora.update_type AS u ON u.update_type = w.update_type
WHERE s.role = 'updated';
COMMENT ON VIEW fulgora.update_notice IS 'Retractions, corrections, reinstatements and other updates of an identifier, mostly a DOI, as sources tell them now; update_type is NULL for a word that fulgora.update_word does not know.';
