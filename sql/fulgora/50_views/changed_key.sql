CREATE OR REPLACE VIEW fulgora.changed_key AS
SELECT r.source, r.valid_from_release AS release_no, r.key, false AS is_removed
FROM fulgora.record AS r
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_from_release AND l.state = 'complete'
UNION ALL
SELECT r.source, r.valid_to_release, r.key, true
FROM fulgora.record AS r
JOIN fulgora.release AS l
  ON l.source = r.source AND l.release_no = r.valid_to_release AND l.state = 'complete'
WHERE NOT EXISTS (
  SELECT FROM fulgora.record AS n
  WHERE n.source = r.source AND n.key = r.key AND n.valid_from_release = r.valid_to_release
);
COMMENT ON VIEW fulgora.changed_key IS 'Which keys each complete release brought, changed or removed.';
