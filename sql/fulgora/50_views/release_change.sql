CREATE OR REPLACE VIEW fulgora.release_change AS
SELECT
  k.source, k.release_no, k.key,
  CASE
    WHEN k.is_removed THEN 'removed'
    WHEN b.valid_from_release IS NULL THEN 'added'
    ELSE 'changed'
  END AS change,
  b.valid_from_release AS before_release_no
FROM fulgora.changed_key AS k
LEFT JOIN fulgora.record AS b
  ON b.source = k.source AND b.key = k.key AND b.valid_to_release = k.release_no;
COMMENT ON VIEW fulgora.release_change IS 'What each complete release added, changed and removed, and the release that the row before it came with.';
