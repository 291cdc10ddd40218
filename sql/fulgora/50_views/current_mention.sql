CREATE OR REPLACE VIEW fulgora.current_mention AS
SELECT DISTINCT
  i.croid, t.source, t.key, r.version, t.valid_from_release AS release_no, r.record, l.completed_at
FROM croid.identifier AS i
JOIN fulgora.statement AS t ON t.scheme = i.scheme AND t.value = i.value AND t.role <> 'same'
JOIN fulgora.record AS r
  ON
    r.source = t.source AND r.key = t.key AND r.valid_from_release = t.valid_from_release
    AND r.valid_to_release IS NULL
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_from_release AND l.state = 'complete';
COMMENT ON VIEW fulgora.current_mention IS 'Rows that say something about an object now without being its record, found by its identifiers.';
