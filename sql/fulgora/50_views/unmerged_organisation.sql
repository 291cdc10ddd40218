CREATE OR REPLACE VIEW fulgora.unmerged_organisation AS
SELECT
  s.source, s.key, s.scheme, s.value, s.release_no, k.croid, o.croid AS same_croid
FROM fulgora.current_statement AS s
JOIN fulgora.source AS a ON a.source = s.source
JOIN croid.identifier AS k ON k.scheme = a.scheme AND k.value = s.key
JOIN croid.identifier AS o ON o.scheme = s.scheme AND o.value = s.value AND o.croid <> k.croid
WHERE s.role = 'same';
COMMENT ON VIEW fulgora.unmerged_organisation IS 'Rows that say two organisations of the catalogue are one: for a person to merge.';
