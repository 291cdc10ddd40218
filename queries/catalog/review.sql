-- name: review_describe :exec
-- Say anew what an editgroup is about.
SELECT catalog.describe_editgroup(
  @editgroup_id::uuid, @editor_id::uuid, sqlc.narg('description')::text,
  sqlc.narg('extra')::text::jsonb
);

-- name: review_get :one
-- An editgroup with its editor.
-- nullable: editgroup_extra
SELECT
  g.editgroup_id, g.editor_id, w.username, w.role, w.is_bot, w.is_active, g.description,
  g.extra::text AS editgroup_extra, g.created_at, g.submitted_at, l.index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
LEFT JOIN catalog.changelog AS l ON l.editgroup_id = g.editgroup_id
WHERE g.editgroup_id = @editgroup_id;

-- name: review_list_waiting :many
-- Editgroups that wait for review, by when they were submitted: newest first, or since a moment.
-- nullable: editgroup_extra
SELECT
  g.editgroup_id, g.editor_id, w.username, w.role, w.is_bot, w.is_active, g.description,
  g.extra::text AS editgroup_extra, g.created_at, g.submitted_at, NULL::bigint AS index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  g.status = 'submitted'
  AND (g.submitted_at < sqlc.narg('before')::timestamptz) IS NOT FALSE
  AND (g.submitted_at > sqlc.narg('since')::timestamptz) IS NOT FALSE
ORDER BY
  CASE WHEN sqlc.narg('since')::timestamptz IS NOT NULL THEN g.submitted_at END,
  g.submitted_at DESC
LIMIT @limit_count;

-- name: review_list_by_editor :many
-- Editgroups of an editor by when they were opened: the newest first, or since a moment.
-- nullable: editgroup_extra
SELECT
  g.editgroup_id, g.editor_id, w.username, w.role, w.is_bot, w.is_active, g.description,
  g.extra::text AS editgroup_extra, g.created_at, g.submitted_at, l.index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
LEFT JOIN catalog.changelog AS l ON l.editgroup_id = g.editgroup_id
WHERE
  g.editor_id = @editor_id::uuid
  AND (g.created_at < sqlc.narg('before')::timestamptz) IS NOT FALSE
  AND (g.created_at > sqlc.narg('since')::timestamptz) IS NOT FALSE
ORDER BY
  CASE WHEN sqlc.narg('since')::timestamptz IS NOT NULL THEN g.editgroup_id END,
  g.editgroup_id DESC
LIMIT @limit_count;

-- name: review_changelog_list :many
-- Accepted editgroups with their indexes: the newest first, or the first ones after an index.
-- nullable: editgroup_extra
SELECT
  g.editgroup_id, g.editor_id, w.username, w.role, w.is_bot, w.is_active, g.description,
  g.extra::text AS editgroup_extra, g.created_at, g.submitted_at, l.index, l.accepted_at
FROM catalog.changelog AS l
JOIN catalog.editgroup AS g ON g.editgroup_id = l.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  (l.index < sqlc.narg('before')::bigint) IS NOT FALSE
  AND (l.index > sqlc.narg('since')::bigint) IS NOT FALSE
  AND (l.index = sqlc.narg('index')::bigint) IS NOT FALSE
ORDER BY CASE WHEN sqlc.narg('since')::bigint IS NOT NULL THEN l.index END, l.index DESC
LIMIT @limit_count;

-- name: review_annotation_list :many
-- What was said, about an editgroup or by an editor: the newest first, or since a moment.
-- nullable: extra
SELECT
  a.annotation_id, a.editgroup_id, a.editor_id, w.username, w.role, w.is_bot, w.is_active,
  a.markdown, a.extra::text AS extra, a.created_at
FROM catalog.annotation AS a JOIN catalog.editor AS w ON w.editor_id = a.editor_id
WHERE
  (a.editgroup_id = sqlc.narg('editgroup_id')::uuid) IS NOT FALSE
  AND (a.editor_id = sqlc.narg('editor_id')::uuid) IS NOT FALSE
  AND (a.annotation_id = sqlc.narg('annotation_id')::uuid) IS NOT FALSE
  AND (a.created_at < sqlc.narg('before')::timestamptz) IS NOT FALSE
  AND (a.created_at > sqlc.narg('since')::timestamptz) IS NOT FALSE
ORDER BY
  CASE WHEN sqlc.narg('since')::timestamptz IS NOT NULL THEN a.annotation_id END,
  a.annotation_id DESC
LIMIT @limit_count;
