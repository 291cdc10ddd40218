-- name: edit_layer_outstanding_list :many
-- Accepted edits of people on these objects that have no layer yet, in the order of the changelog,
-- with the content before and after, and the layers that a record of the object was last made of.
-- What is before an edit is looked for only where it has no layer: some objects have many edits.
-- not null: revision_id, body, is_import
-- nullable: before_editor_id, before_index, before_accepted_at, layers
WITH outstanding AS MATERIALIZED (
  SELECT
    e.croid, e.edit_id, e.kind, g.editor_id, l.index, l.accepted_at, e.revision_id,
    w.is_bot AND coalesce(e.extra ? 'imported-from', false) AS is_import
  FROM catalog.edit AS e
  JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
  JOIN catalog.editor AS w ON w.editor_id = g.editor_id
  JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
  WHERE
    e.croid = ANY(@croids::uuid[]) AND (e.extra -> 'layers') IS NULL AND e.revision_id IS NOT NULL
    AND g.editor_id <> catalog.vulcanus()
    AND NOT EXISTS (
      SELECT FROM vulcanus.layer AS v WHERE v.croid = e.croid AND v.edit_id = e.edit_id
    )
)

SELECT
  e.croid, e.edit_id, e.kind::text AS kind, e.editor_id, e.index, e.accepted_at, e.revision_id,
  catalog.read_body(e.croid, e.revision_id) AS body, p.revision_id AS before_revision_id,
  p.editor_id AS before_editor_id, p.index AS before_index, p.accepted_at AS before_accepted_at,
  catalog.read_body(e.croid, p.revision_id) AS before_body, b.layers::text AS layers, e.is_import
FROM outstanding AS e
LEFT JOIN LATERAL (
  SELECT d.revision_id, h.editor_id, m.index, m.accepted_at
  FROM catalog.edit AS d
  JOIN catalog.editgroup AS h ON h.editgroup_id = d.editgroup_id
  JOIN catalog.changelog AS m ON m.editgroup_id = d.editgroup_id
  WHERE d.croid = e.croid AND d.revision_id IS NOT NULL AND m.index < e.index
  ORDER BY m.index DESC LIMIT 1
) AS p ON true
LEFT JOIN LATERAL (
  SELECT d.extra -> 'layers' AS layers
  FROM catalog.edit AS d JOIN catalog.changelog AS m ON m.editgroup_id = d.editgroup_id
  WHERE d.croid = e.croid AND (d.extra -> 'layers') IS NOT NULL AND m.index < e.index
  ORDER BY m.index DESC LIMIT 1
) AS b ON true
WHERE
  NOT EXISTS (
    SELECT FROM catalog.redaction AS r
    WHERE r.croid = e.croid AND r.revision_id IN (e.revision_id, p.revision_id)
  )
ORDER BY e.index, e.croid;

-- name: edit_layer_store :one
-- Keep what people changed as layers; an edit that has its layer is passed over.
-- always one row
SELECT vulcanus.store_edit_layers(
  @run_id::uuid, @croids::uuid[], @edit_ids::uuid[], @editor_ids::uuid[], @indexes::bigint[],
  @patches::text[], @evidences::text[], @asserted_ats::timestamptz[]
)::integer AS stored;

-- name: edit_layer_base_list :many
-- The revisions of people that are bases of these objects, which no deposit and no source made.
-- not null: croid, kind, revision_id, body, editor_id, index, accepted_at, is_import
SELECT
  r.croid, r.kind::text AS kind, r.revision_id, catalog.read_body(r.croid, r.revision_id) AS body,
  g.editor_id, c.index, c.accepted_at,
  w.is_bot AND coalesce(c.extra ? 'imported-from', false) AS is_import
FROM vulcanus.layer AS v
JOIN catalog.revision AS r
  ON r.croid = v.croid AND r.revision_id = (v.evidence ->> 'base_revision')::uuid
CROSS JOIN
  LATERAL (
    SELECT d.editgroup_id, d.extra, m.index, m.accepted_at
    FROM catalog.edit AS d JOIN catalog.changelog AS m ON m.editgroup_id = d.editgroup_id
    WHERE d.croid = r.croid AND d.revision_id = r.revision_id
    ORDER BY m.index LIMIT 1
  ) AS c
JOIN catalog.editgroup AS g ON g.editgroup_id = c.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  v.croid = ANY(@croids::uuid[]) AND v.edit_id IS NOT NULL AND v.retired_at IS NULL
  AND v.evidence ? 'base_revision'
  AND NOT EXISTS (
    SELECT FROM catalog.redaction AS x WHERE x.croid = r.croid AND x.revision_id = r.revision_id
  )
ORDER BY r.croid, c.index;
