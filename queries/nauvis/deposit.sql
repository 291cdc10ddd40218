-- name: deposit_take :one
-- Keep a deposit whole, name its objects and announce it; returns its id.
SELECT nauvis.take_deposit(
  @editor_id::uuid, @media::nauvis.media, @origin::text, @sha256::bytea, @size_bytes::bigint,
  @is_test::boolean, @is_atomic::boolean, sqlc.narg('idempotency_key')::text, @chunks::bytea[],
  @ns::integer[], @dois::text[], @byte_offsets::bigint[], @sizes::integer[], @sha256s::bytea[],
  @expects::text[], @refused::boolean[], @problems::text[],
  sqlc.narg('states')::text[]::nauvis.doi_state[], sqlc.narg('minted')::boolean[]
)::uuid AS deposit_id;

-- name: deposit_get :one
-- A deposit with the counts of its verdicts.
SELECT
  d.deposit_id, d.media::text AS media, d.origin, d.size_bytes, d.record_count, d.settled_count,
  d.rejected_count, d.is_test, d.is_atomic, d.received_at, d.settled_at, d.sha256
FROM nauvis.deposit AS d WHERE d.deposit_id = @deposit_id;

-- name: deposit_count :one
-- How many deposits and records were taken, without tests.
SELECT
  count(*) AS deposit_count, coalesce(sum(d.record_count), 0)::bigint AS record_count,
  coalesce(sum(d.rejected_count), 0)::bigint AS rejected_count
FROM nauvis.deposit AS d WHERE NOT d.is_test;

-- name: deposit_chunk_list :many
-- The compressed bytes of a deposit in order.
SELECT c.chunk_no, c.body FROM nauvis.deposit_chunk AS c
WHERE c.deposit_id = @deposit_id AND c.chunk_no BETWEEN @first_chunk AND @last_chunk
ORDER BY c.chunk_no;

-- name: deposit_index :one
-- The newest index that holds something of a deposit; NULL while there is none.
SELECT CASE WHEN count(*) > 0 THEN max(c.index) END AS index
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit_change AS c ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE r.deposit_id = @deposit_id AND c.index IS NOT NULL;

-- name: deposit_hold :exec
-- Lock an object until commit for whoever may deposit it and starts from what was deposited last.
SELECT nauvis.hold_deposited(@editor_id::uuid, @doi::text, @croid::uuid);

-- name: deposit_find_by_key :one
-- The deposit that an editor made under an idempotency key.
SELECT d.deposit_id, d.size_bytes, d.sha256, d.media::text AS media FROM nauvis.deposit AS d
WHERE d.editor_id = @editor_id AND d.idempotency_key = @idempotency_key::text;
