-- name: document_index :one
-- Bring the search documents of these objects up to date.
SELECT aquilo.index_documents(@croids::uuid[])::integer AS changed;

-- name: document_freshness :one
-- The newest index, the index up to which documents are up to date, and how many messages wait.
-- not null: *
SELECT f.index, f.indexed_until, f.waiting
FROM aquilo.read_freshness() AS f (index, indexed_until, waiting);

-- name: document_bound :one
-- Let no statement of this transaction take longer, and titles be alike from here on.
-- always one row
-- not null: *
SELECT
  set_config('statement_timeout', @timeout_ms::text, true) AS is_bound,
  set_config('pg_trgm.similarity_threshold', @alike::text, true) AS is_alike;

-- name: document_enrichment_list :many
-- What enrichments can be called.
-- not null: *
SELECT DISTINCT n.name
FROM vulcanus.strategy AS s
CROSS JOIN LATERAL unnest(ARRAY[s.strategy] || string_to_array(s.strategy, '-')) AS n (name)
ORDER BY n.name;
