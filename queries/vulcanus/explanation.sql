-- name: explanation_deposit_list :many
-- Where these deposited records of an object lie: bases that a revision was made from.
SELECT
  r.deposit_id, r.n, r.byte_offset, r.size_bytes, d.received_at, d.media::text AS media
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id
JOIN (
  SELECT unnest(@deposit_ids::uuid[]) AS deposit_id, unnest(@ns::integer[]) AS n
) AS w ON w.deposit_id = r.deposit_id AND w.n = r.n
WHERE r.croid = @croid
ORDER BY r.deposit_id, r.n;

-- name: explanation_record_list :many
-- What sources said of an object in these releases, current or not.
SELECT s.source, s.rank, r.valid_from_release AS release_no, r.record, l.completed_at
FROM croid.identifier AS i
JOIN fulgora.source AS s ON s.scheme = i.scheme
JOIN (
  SELECT unnest(@sources::text[]) AS source, unnest(@release_nos::integer[]) AS release_no
) AS w ON w.source = s.source
JOIN fulgora.record AS r
  ON r.source = s.source AND r.key = i.value AND r.valid_from_release = w.release_no
JOIN fulgora.release AS l ON l.source = r.source AND l.release_no = r.valid_from_release
WHERE i.croid = @croid
ORDER BY s.source, r.valid_from_release, r.key;

-- name: explanation_latest_deposit :one
-- The record of an object that was deposited last, and where its bytes lie.
SELECT
  l.deposit_id, l.n, l.byte_offset, l.size_bytes, l.received_at, d.media::text AS media
FROM nauvis.latest_deposit AS l
JOIN nauvis.deposit AS d ON d.deposit_id = l.deposit_id
WHERE l.croid = @croid;
