CREATE OR REPLACE VIEW fulgora.current_statement AS
SELECT t.scheme, t.value, t.source, t.key, t.role, t.facts, t.valid_from_release AS release_no
FROM fulgora.statement AS t
JOIN fulgora.record AS r
  ON
    r.source = t.source AND r.key = t.key AND r.valid_from_release = t.valid_from_release
    AND r.valid_to_release IS NULL
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_from_release AND l.state = 'complete';
COMMENT ON VIEW fulgora.current_statement IS 'What complete releases of the sources say now about identifiers.';
