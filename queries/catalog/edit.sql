-- name: edit_get :one
-- An edit of an object of a kind by its id alone.
-- nullable: extra
SELECT
  e.edit_id, e.croid, e.kind::text AS kind, e.revision_id, e.redirect_to, e.previous_revision_id,
  e.editgroup_id, e.extra::text AS extra
FROM catalog.edit AS e
WHERE e.edit_id = @edit_id AND e.kind = @kind::catalog.kind;

-- name: edit_list_by_editgroup :many
-- The edits of several editgroups, in the order of their objects.
-- nullable: extra
SELECT
  e.edit_id, e.croid, e.kind::text AS kind, e.revision_id, e.redirect_to, e.previous_revision_id,
  e.editgroup_id, e.extra::text AS extra
FROM catalog.edit AS e
WHERE e.editgroup_id = ANY(@editgroup_ids::uuid[])
ORDER BY e.editgroup_id, e.croid;

-- name: edit_history :many
-- The accepted edits of an object, newest first, with their editgroups and indexes.
-- nullable: extra, editgroup_extra
SELECT
  e.edit_id, e.croid, e.kind::text AS kind, e.revision_id, e.redirect_to, e.previous_revision_id,
  e.editgroup_id, e.extra::text AS extra, g.editor_id, w.username, w.role, w.is_bot, w.is_active,
  g.description, g.extra::text AS editgroup_extra, g.created_at, g.submitted_at, l.index,
  l.accepted_at
FROM catalog.edit AS e
JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE e.croid = @croid
ORDER BY l.index DESC LIMIT @limit_count;
