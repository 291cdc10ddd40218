-- name: activity_list :many
-- What was done to all objects, newest first, a page at a time.
-- not null: edit_id, croid, kind, action, index, accepted_at, editor, version
-- not null: is_redacted, is_previous_redacted
SELECT
  a.edit_id, a.croid, a.kind::text AS kind, a.action::text AS action, a.index, a.accepted_at,
  a.editor, a.revision_id, a.previous_revision_id, a.redirect_to, a.version, a.deposit_id, a.doi,
  a.is_redacted, a.is_previous_redacted
FROM nexus.activity AS a
WHERE
  a.index <= @before_index::bigint
  AND (a.index < @before_index::bigint OR a.croid < @before_croid::uuid)
ORDER BY a.index DESC, a.croid DESC
LIMIT @limit_count;

-- name: activity_list_of :many
-- What was done to one object, newest first, a page at a time.
-- not null: edit_id, croid, kind, action, index, accepted_at, editor, version
-- not null: is_redacted, is_previous_redacted
SELECT
  a.edit_id, a.croid, a.kind::text AS kind, a.action::text AS action, a.index, a.accepted_at,
  a.editor, a.revision_id, a.previous_revision_id, a.redirect_to, a.version, a.deposit_id, a.doi,
  a.is_redacted, a.is_previous_redacted
FROM nexus.activity AS a
WHERE a.croid = @croid::uuid AND a.index < @before_index::bigint
ORDER BY a.index DESC
LIMIT @limit_count;

-- name: activity_get :one
-- One thing that was done.
-- not null: edit_id, croid, kind, action, index, accepted_at, editor, version
-- not null: is_redacted, is_previous_redacted
SELECT
  a.edit_id, a.croid, a.kind::text AS kind, a.action::text AS action, a.index, a.accepted_at,
  a.editor, a.revision_id, a.previous_revision_id, a.redirect_to, a.version, a.deposit_id, a.doi,
  a.is_redacted, a.is_previous_redacted
FROM nexus.activity AS a
WHERE a.edit_id = @edit_id::uuid;
