-- name: base_layer_list :many
-- The whole records known of these objects, but for sources whose answer is at hand.
-- not null: croid, kind, source, source_version, rank, asserted_at
SELECT
  b.croid, b.kind::text AS kind, b.source, b.source_version, b.rank, b.deposit_id, b.n,
  b.byte_offset, b.size_bytes, b.media::text AS media, b.asserted_at, b.record, b.key
FROM vulcanus.base_layer AS b
WHERE b.croid = ANY(@croids::uuid[]) AND b.source <> ALL(@but_sources::text[]);

-- name: base_layer_pending :many
-- Records of deposits on these objects that have no verdict yet, oldest first.
SELECT
  r.croid, r.deposit_id, r.n, r.byte_offset, r.size_bytes, r.expect, r.problems::text AS problems,
  CASE WHEN r.state IS NOT NULL THEN r.state::text END AS state,
  d.media::text AS media, d.is_test, d.is_atomic, d.received_at
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id
WHERE
  r.croid = ANY(@croids::uuid[]) AND d.settled_at IS NULL
  AND NOT EXISTS (
    SELECT FROM nauvis.deposit_change AS c
    WHERE c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
  )
ORDER BY r.croid, r.deposit_id, r.n;

-- name: base_layer_chunk_list :many
-- Compressed pieces of deposits.
SELECT c.deposit_id, c.chunk_no, c.body
FROM nauvis.deposit_chunk AS c
JOIN (
  SELECT unnest(@deposit_ids::uuid[]) AS deposit_id, unnest(@chunk_nos::integer[]) AS chunk_no
) AS w ON w.deposit_id = c.deposit_id AND w.chunk_no = c.chunk_no;

-- name: base_layer_settle :exec
-- Write the verdict on each record, in the transaction that made it true.
SELECT nauvis.settle(
  @croids::uuid[], @deposit_ids::uuid[], @ns::integer[], @results::nauvis.verdict[],
  @revision_ids::uuid[], @indexes::bigint[], @problems::text[], @patches::text[]
);

-- name: base_layer_ask :one
-- Ask about the next changed keys of a source; 0 when all its releases are asked for.
SELECT vulcanus.advance_cursor(@source::text, @limit_count::integer)::integer AS asked;

-- name: base_layer_source_list :many
-- The sources whose releases are asked for.
-- nullable: kind
SELECT s.source, s.kind::text AS kind, s.rank FROM fulgora.source AS s ORDER BY s.rank, s.source;

-- name: base_layer_kind_list :many
-- Which kind these objects are of, by their identifiers.
SELECT DISTINCT i.croid, i.kind FROM croid.identifier AS i WHERE i.croid = ANY(@croids::uuid[]);

-- name: base_layer_atomic_list :many
-- All objects of these deposits that are still to be settled.
SELECT DISTINCT r.croid
FROM nauvis.deposit_record AS r
WHERE r.deposit_id = ANY(@deposit_ids::uuid[]) AND NOT r.is_refused;

-- name: base_layer_free :exec
-- Give up the identifiers reserved for those of these objects of which nothing is known.
SELECT croid.free(ARRAY(
  SELECT u.croid FROM unnest(@croids::uuid[]) AS u (croid)
  WHERE
    NOT EXISTS (SELECT FROM vulcanus.base_layer AS b WHERE b.croid = u.croid)
    AND NOT EXISTS (SELECT FROM nauvis.handle AS h WHERE h.croid = u.croid)
));

-- name: base_layer_newer_list :many
-- What sources say now of these objects since a release.
SELECT c.croid, c.source, c.release_no, c.rank, c.record, c.completed_at
FROM fulgora.current_record AS c
WHERE
  c.croid = ANY(@croids::uuid[]) AND c.source = ANY(@sources::text[])
  AND c.release_no > @release_no::integer;

-- name: base_layer_state_list :many
-- Of the objects that are no plain findable ones, or are to be: their state, whether their DOI is
-- an alias, and whether the state that is wanted may follow.
-- not null: croid, is_alias, is_legal
SELECT
  u.croid, s.state::text AS state, h.alias_of IS NOT NULL AS is_alias,
  nauvis.may_become(s.state, coalesce(u.wanted::nauvis.doi_state, 'findable')) AS is_legal
FROM (SELECT unnest(@croids::uuid[]) AS croid, unnest(@wanted::text[]) AS wanted) AS u
LEFT JOIN nauvis.handle AS h ON h.croid = u.croid
CROSS JOIN LATERAL (SELECT nauvis.state_of(u.croid) AS state) AS s
WHERE u.wanted IS NOT NULL OR h.croid IS NOT NULL;

-- name: base_layer_hide :one
-- Take releases out of the catalogue; the index, if any was there.
SELECT nauvis.hide(@croids::uuid[], catalog.vulcanus(), @description::text) AS index;

-- name: base_layer_hold :exec
-- Note that deposited records are those of draft or registered DOIs now.
SELECT nauvis.hold_handles(
  @croids::uuid[], @deposit_ids::uuid[], @ns::integer[], @urls::text[], @locations::text[]
);
