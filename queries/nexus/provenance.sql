-- name: provenance_list :many
-- Where the values of an object come from, in the order of their pointers, a page at a time.
-- not null: pointer, layer, source, source_version, index, accepted_at
-- nullable: value, strategy, action, original_value, confidence, evidence, asserted_at
-- nullable: deposit_id, row_source, release_no, row_key, superseded_index, superseded_at
SELECT
  p.pointer, p.value::text AS value, p.layer, p.source, p.source_version, p.strategy, p.action,
  p.original_value::text AS original_value, p.confidence, p.evidence::text AS evidence,
  p.asserted_at, p.deposit_id, p.row_source, p.release_no, p.row_key, p.revision_id, p.index,
  p.accepted_at, p.superseded_index, p.superseded_at
FROM nexus.list_provenance(@croid::uuid) AS p
WHERE
  (p.pointer COLLATE "C", p.index, p.layer COLLATE "C")
  > (@after_pointer::text, @after_index::bigint, @after_layer::text)
  AND (
    sqlc.narg('is_current')::boolean IS NULL
    OR (p.superseded_index IS NULL) = sqlc.narg('is_current')::boolean
  )
ORDER BY p.pointer COLLATE "C", p.index, p.layer COLLATE "C"
LIMIT @limit_count;

-- name: provenance_enriched_list :many
-- Objects that strategies say something of now, in the order of their CROIDs.
SELECT DISTINCT l.croid
FROM vulcanus.layer AS l
WHERE
  l.croid >= @from_croid::uuid AND l.retired_at IS NULL AND l.strategy IS NOT NULL
  AND l.patch <> '[]'
ORDER BY l.croid
LIMIT @limit_count;

-- name: provenance_enrichment_list :many
-- The values of these objects that strategies gave them and that stand now.
-- not null: croid, pointer, layer, source, source_version, strategy, action, asserted_at, index
-- nullable: doi, value, original_value, confidence, evidence, row_source, release_no, row_key
SELECT
  o.croid, r.doi, p.pointer, p.value::text AS value, p.layer, p.source, p.source_version,
  p.strategy, p.action, p.original_value::text AS original_value, p.confidence,
  p.evidence::text AS evidence, p.asserted_at, p.row_source, p.release_no, p.row_key, p.index,
  p.accepted_at
FROM unnest(@croids::uuid[]) AS o (croid)
CROSS JOIN LATERAL nexus.list_provenance(o.croid) AS p
LEFT JOIN catalog.release AS r ON r.croid = o.croid
WHERE
  p.strategy IS NOT NULL AND p.superseded_index IS NULL
  AND (
    o.croid > @after_croid::uuid
    OR (p.pointer COLLATE "C", p.layer COLLATE "C")
    > (@after_pointer::text, @after_layer::text)
  )
ORDER BY o.croid, p.pointer COLLATE "C", p.layer COLLATE "C"
LIMIT @limit_count;
