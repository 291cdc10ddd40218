-- name: ident_hold :many
-- The state of these objects, held against acceptance by others until the transaction ends.
SELECT i.croid, i.kind::text AS kind, i.state::text AS state, i.revision_id
FROM catalog.hold_idents(@croids::uuid[]) AS i (croid, kind, state, revision_id);

-- name: ident_get :one
-- An object with its current content as JSON text.
SELECT
  i.croid, i.kind::text AS kind, i.state::text AS state, i.revision_id, i.redirect_to,
  catalog.read_body(i.croid, i.revision_id) AS body
FROM catalog.ident AS i WHERE i.croid = @croid;

-- name: ident_count_by_kind :many
-- How many live objects there are of each kind.
SELECT i.kind::text AS kind, count(*) AS object_count
FROM catalog.ident AS i WHERE i.state = 'active' GROUP BY i.kind ORDER BY i.kind;

-- name: ident_get_state :one
-- How an object stands.
SELECT i.state::text AS state FROM catalog.ident AS i WHERE i.croid = @croid;
