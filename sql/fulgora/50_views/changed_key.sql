CREATE OR REPLACE VIEW fulgora.changed_key AS
SELECT r.source, r.valid_from_release AS release_no, r.key
FROM fulgora.record AS r
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_from_release AND l.state = 'complete';
COMMENT ON VIEW fulgora.changed_key IS 'Which keys each complete release brought or changed.';
