CREATE OR REPLACE VIEW vulcanus.base_layer AS
SELECT
  r.croid, 'release'::catalog.kind AS kind, 'deposit' AS source,
  r.deposit_id || '/' || r.n AS source_version, 30 AS rank,
  r.deposit_id, r.n, r.byte_offset, r.size_bytes, d.media,
  d.received_at AS asserted_at, NULL::bytea AS record, NULL::text AS key
FROM (
  SELECT DISTINCT ON (l.croid) l.croid, l.deposit_id, l.n, l.byte_offset, l.size_bytes
  FROM nauvis.deposit_record AS l
  JOIN nauvis.deposit AS t ON t.deposit_id = l.deposit_id AND NOT t.is_test
  WHERE NOT l.is_refused AND l.state IS NULL
  ORDER BY l.croid, l.deposit_id DESC, l.n DESC
) AS r
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id
UNION ALL
SELECT
  c.croid, c.kind, c.source, c.release_no::text, c.rank,
  NULL, NULL, NULL, NULL, NULL, c.completed_at, c.record, c.key
FROM fulgora.current_record AS c;
COMMENT ON VIEW vulcanus.base_layer IS 'The whole records known of each object: its newest deposit, and what sources say now. Nothing is stored twice.';
