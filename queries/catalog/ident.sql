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

-- name: ident_name_list :many
-- The identifiers that lead to an object: its own, and those of what was merged into it.
-- not null: scheme, value, is_unique
-- nullable: inherited_from
SELECT n.scheme, n.value, n.is_unique, n.inherited_from
FROM (
  SELECT i.scheme, i.value, i.is_unique, NULL::uuid AS inherited_from
  FROM croid.identifier AS i WHERE i.croid = @croid::uuid
  UNION ALL
  SELECT i.scheme, i.value, i.is_unique, m.croid
  FROM catalog.ident AS m JOIN croid.identifier AS i ON i.croid = m.croid
  WHERE m.redirect_to = @croid::uuid
) AS n
ORDER BY n.scheme, n.value, n.inherited_from;

-- name: ident_kind_list :many
-- Which kinds these objects are, of those that there are.
SELECT i.croid, i.kind FROM catalog.ident AS i WHERE i.croid = ANY(@croids::uuid[]);

-- name: ident_get_state :one
-- How an object stands.
SELECT i.state::text AS state FROM catalog.ident AS i WHERE i.croid = @croid;
