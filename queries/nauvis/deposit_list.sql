-- name: deposit_list_by_editor :many
-- The deposits of an editor, newest first, a page at a time.
-- not null: state
SELECT
  d.deposit_id, d.media::text AS media, d.origin, d.size_bytes, d.record_count, d.settled_count,
  d.rejected_count, d.is_test, d.is_atomic, d.received_at, d.settled_at, s.state::text AS state
FROM nauvis.deposit AS d
CROSS JOIN
  LATERAL nauvis.find_state(
    d.deposit_id, d.record_count, d.settled_count, d.rejected_count
  ) AS s (state)
WHERE
  d.editor_id = @editor_id AND d.deposit_id < @before_deposit_id
  AND (sqlc.narg('is_test')::boolean IS NULL OR d.is_test = sqlc.narg('is_test'))
  AND (sqlc.narg('from_time')::timestamptz IS NULL OR d.received_at >= sqlc.narg('from_time'))
  AND (sqlc.narg('until_time')::timestamptz IS NULL OR d.received_at <= sqlc.narg('until_time'))
  AND (sqlc.narg('state')::text IS NULL OR s.state = sqlc.narg('state'))
  AND (sqlc.narg('result')::text IS DISTINCT FROM 'rejected' OR d.rejected_count > 0)
  AND (
    (sqlc.narg('result')::text IS NULL AND sqlc.narg('prefix')::text IS NULL)
    OR EXISTS (
      SELECT FROM nauvis.deposit_record AS r
      LEFT JOIN nauvis.deposit_change AS c
        ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
      WHERE
        r.deposit_id = d.deposit_id
        AND (sqlc.narg('result')::text IS NULL OR c.result = sqlc.narg('result')::nauvis.verdict)
        AND (sqlc.narg('prefix')::text IS NULL OR starts_with(r.doi, sqlc.narg('prefix') || '/'))
    )
  )
ORDER BY d.deposit_id DESC
LIMIT @limit_count;

-- name: deposit_list_by_editor_of_doi :many
-- The deposits of an editor with a record of this DOI, newest first, a page at a time.
-- not null: state
WITH named AS (
  SELECT i.croid FROM croid.identifier AS i WHERE i.scheme = 'doi' AND i.value = @doi::text
  UNION
  SELECT f.croid FROM croid.former_identifier AS f
  WHERE f.scheme = 'doi' AND f.value = @doi::text
),

merged AS (
  SELECT n.croid FROM named AS n
  UNION
  SELECT o.croid FROM named AS n JOIN catalog.ident AS o ON o.redirect_to = n.croid
),

placed AS (
  SELECT r.croid, r.deposit_id, r.n
  FROM merged AS m JOIN nauvis.deposit_record AS r ON r.croid = m.croid AND r.doi = @doi::text
  UNION
  SELECT r.croid, r.deposit_id, r.n
  FROM nauvis.deposit_record AS r WHERE r.is_refused AND r.doi = @doi::text
  UNION
  SELECT r.croid, r.deposit_id, r.n
  FROM nauvis.deposit AS t
  JOIN nauvis.deposit_record AS r ON r.deposit_id = t.deposit_id AND r.doi = @doi::text
  WHERE t.editor_id = @editor_id AND t.is_test
)

SELECT
  d.deposit_id, d.media::text AS media, d.origin, d.size_bytes, d.record_count, d.settled_count,
  d.rejected_count, d.is_test, d.is_atomic, d.received_at, d.settled_at, s.state::text AS state
FROM nauvis.deposit AS d
CROSS JOIN
  LATERAL nauvis.find_state(
    d.deposit_id, d.record_count, d.settled_count, d.rejected_count
  ) AS s (state)
WHERE
  d.deposit_id IN (
    SELECT p.deposit_id FROM placed AS p
    LEFT JOIN nauvis.deposit_change AS c
      ON c.croid = p.croid AND c.deposit_id = p.deposit_id AND c.n = p.n
    WHERE sqlc.narg('result')::text IS NULL OR c.result = sqlc.narg('result')::nauvis.verdict
  )
  AND d.editor_id = @editor_id AND d.deposit_id < @before_deposit_id
  AND (sqlc.narg('is_test')::boolean IS NULL OR d.is_test = sqlc.narg('is_test'))
  AND (sqlc.narg('from_time')::timestamptz IS NULL OR d.received_at >= sqlc.narg('from_time'))
  AND (sqlc.narg('until_time')::timestamptz IS NULL OR d.received_at <= sqlc.narg('until_time'))
  AND (sqlc.narg('state')::text IS NULL OR s.state = sqlc.narg('state'))
  AND (sqlc.narg('prefix')::text IS NULL OR starts_with(@doi::text, sqlc.narg('prefix') || '/'))
ORDER BY d.deposit_id DESC
LIMIT @limit_count;

-- name: deposit_list_has :one
-- Whether a deposit is one of an editor's.
-- always one row
-- not null: *
SELECT EXISTS(
  SELECT FROM nauvis.deposit AS d WHERE d.deposit_id = @deposit_id AND d.editor_id = @editor_id
) AS is_own;
