CREATE OR REPLACE VIEW fulgora.current_record AS
SELECT
  i.croid, s.source, s.kind, s.rank, r.key, r.version, r.valid_from_release AS release_no, r.record,
  l.completed_at
FROM croid.identifier AS i
JOIN fulgora.source AS s ON s.scheme = i.scheme
JOIN fulgora.record AS r ON r.source = s.source AND r.key = i.value AND r.valid_to_release IS NULL
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_from_release AND l.state = 'complete';
COMMENT ON VIEW fulgora.current_record IS 'What complete releases of the sources say now of each object, found by its identifiers.';
