-- name: revision_get :one
-- One revision as JSON text.
SELECT
  r.croid, r.revision_id, r.kind::text AS kind, r.created_at,
  catalog.read_body(r.croid, r.revision_id) AS body
FROM catalog.revision AS r WHERE r.croid = @croid AND r.revision_id = @revision_id;

-- name: revision_body_list :many
-- The content of these revisions as JSON text.
SELECT u.croid, u.revision_id, catalog.read_body(u.croid, u.revision_id) AS body
FROM (
  SELECT unnest(@croids::uuid[]) AS croid, unnest(@revision_ids::uuid[]) AS revision_id
) AS u;

-- name: revision_count :one
-- How many revisions are kept.
SELECT count(*) AS revision_count FROM catalog.revision;

-- name: revision_body_list_current :many
-- The current content of these objects as JSON text.
SELECT i.croid, catalog.read_body(i.croid, i.revision_id) AS body
FROM catalog.ident AS i WHERE i.croid = ANY(@croids::uuid[]) AND i.revision_id IS NOT NULL;

-- name: revision_broken_list :many
-- Revisions whose content, or a part of it, is not what its hash says, but for redacted ones.
SELECT r.croid, r.revision_id
FROM catalog.revision AS r
WHERE
  r.croid > @after_croid AND r.croid <= @until_croid
  AND NOT EXISTS (
    SELECT FROM catalog.redaction AS d WHERE d.croid = r.croid AND d.revision_id = r.revision_id
  )
  AND (
    catalog.content_hash(r.kind, r.body, r.parts) <> r.content_hash
    OR EXISTS (
      SELECT FROM unnest(r.parts) AS h (sha256)
      LEFT JOIN catalog.part AS p ON p.croid = r.croid AND p.sha256 = h.sha256
      WHERE (catalog.hash_part(p.member, p.body) = h.sha256) IS NOT TRUE
    )
  )
ORDER BY r.croid, r.revision_id;
