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
