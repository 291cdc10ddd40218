-- name: editgroup_accept :one
-- Make an editgroup current; returns its index in the changelog.
SELECT catalog.accept(@editgroup_id::uuid, @editor_id::uuid)::bigint AS index;

-- name: editgroup_revise :many
-- Give objects of one kind this content at once; objects whose content is the same get no edit.
-- not null: croid, action, revision_id
SELECT r.croid, r.action, r.revision_id, r.index
FROM catalog.revise(
  @editor_id::uuid, @description::text, @extra::jsonb, @kind::catalog.kind,
  @croids::uuid[], @bodies::text[], @edit_extras::text[],
  @part_croids::uuid[], @part_members::text[], @part_bodies::text[]
) AS r (croid, action, revision_id, index);

-- name: editgroup_part_member_list :many
-- The members that objects of a kind store as parts, and the part each lies in.
SELECT m.member, m.part FROM catalog.part_member AS m WHERE m.kind = @kind ORDER BY m.member;

-- name: editgroup_open :one
-- Open an editgroup, or find the one that was opened under the same key.
-- always one row
-- not null: *
SELECT o.editgroup_id, o.status::text AS status, o.is_new
FROM catalog.open_editgroup(
  @editor_id::uuid, sqlc.narg('description')::text, sqlc.narg('extra')::text::jsonb,
  sqlc.narg('idempotency_key')::text
) AS o (editgroup_id, status, is_new);

-- name: editgroup_add_edits :many
-- Propose changes to objects, all or none; n counts them from 1.
-- not null: n, edit_id, croid, kind, action
SELECT
  e.n, e.edit_id, e.croid, e.kind::text AS kind, e.action::text AS action, e.revision_id,
  e.redirect_to, e.previous_revision_id, e.previous_redirect_to
FROM catalog.add_edits(
  @editgroup_id::uuid, @editor_id::uuid, @actions::catalog.edit_action[], @croids::uuid[],
  @kinds::catalog.kind[], @bodies::text[], @targets::uuid[], @revision_ids::uuid[],
  @expected_ids::uuid[], @extras::text[]
) AS e (
  n, edit_id, croid, kind, action, revision_id, redirect_to, previous_revision_id,
  previous_redirect_to
);

-- name: editgroup_apply :one
-- Open an editgroup, fill it and accept it at one go.
-- always one row
-- not null: *
SELECT a.editgroup_id, a.index, a.is_new
FROM catalog.apply_edits(
  @editor_id::uuid, sqlc.narg('description')::text, sqlc.narg('extra')::text::jsonb,
  sqlc.narg('idempotency_key')::text, @actions::catalog.edit_action[], @croids::uuid[],
  @kinds::catalog.kind[], @bodies::text[], @targets::uuid[], @revision_ids::uuid[],
  @expected_ids::uuid[], @extras::text[]
) AS a (editgroup_id, index, is_new);

-- name: editgroup_delete_edit :exec
-- Take an edit out of an editgroup that is not accepted yet.
SELECT catalog.delete_edit(@editgroup_id::uuid, @edit_id::uuid, @editor_id::uuid);

-- name: editgroup_submit :exec
-- Offer an editgroup for review.
SELECT catalog.submit(@editgroup_id::uuid, @editor_id::uuid);

-- name: editgroup_unsubmit :exec
-- Take an editgroup back from review.
SELECT catalog.unsubmit(@editgroup_id::uuid, @editor_id::uuid);

-- name: editgroup_withdraw :exec
-- Give an editgroup up for good.
SELECT catalog.withdraw(@editgroup_id::uuid, @editor_id::uuid);

-- name: editgroup_revert :one
-- Open an editgroup that undoes an accepted one.
-- always one row
-- not null: *
SELECT o.editgroup_id, o.status::text AS status, o.is_new
FROM catalog.revert_editgroup(
  @editgroup_id::uuid, @editor_id::uuid, sqlc.narg('description')::text,
  sqlc.narg('idempotency_key')::text
) AS o (editgroup_id, status, is_new);

-- name: editgroup_annotate :one
-- Say something about an editgroup, or give the result of a check on it.
-- always one row
SELECT catalog.annotate(
  @editgroup_id::uuid, @editor_id::uuid, sqlc.narg('markdown')::text,
  sqlc.narg('extra')::text::jsonb, sqlc.narg('check_name')::text, sqlc.narg('is_passed')::boolean
)::uuid AS annotation_id;

-- name: editgroup_get :one
-- An editgroup, with its index where it was accepted.
SELECT
  g.editgroup_id, g.editor_id, w.username, g.status::text AS status, g.description,
  g.extra::text AS extra, g.created_at, g.submitted_at, l.index, l.accepted_by,
  a.username AS acceptor, l.accepted_at,
  (SELECT count(*) FROM catalog.edit AS e WHERE e.editgroup_id = g.editgroup_id) AS edit_count,
  (
    SELECT count(*) FROM catalog.annotation AS n WHERE n.editgroup_id = g.editgroup_id
  ) AS annotation_count
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
LEFT JOIN catalog.changelog AS l ON l.editgroup_id = g.editgroup_id
LEFT JOIN catalog.editor AS a ON a.editor_id = l.accepted_by
WHERE g.editgroup_id = @editgroup_id;

-- name: editgroup_edit_list :many
-- The edits of an editgroup after an object, in the order of their objects.
SELECT
  e.edit_id, e.croid, e.kind::text AS kind, e.action::text AS action, e.revision_id, e.redirect_to,
  e.previous_revision_id, e.previous_redirect_to, e.extra::text AS extra
FROM catalog.edit AS e
WHERE e.editgroup_id = @editgroup_id AND e.croid > @after_croid
ORDER BY e.croid
LIMIT @limit_count;

-- name: editgroup_annotation_list :many
-- What was said about an editgroup, in order.
SELECT
  a.annotation_id, a.editor_id, w.username, a.markdown, a.extra::text AS extra, a.check_name,
  a.is_passed, a.created_at
FROM catalog.annotation AS a JOIN catalog.editor AS w ON w.editor_id = a.editor_id
WHERE a.editgroup_id = @editgroup_id
ORDER BY a.annotation_id;

-- name: editgroup_list :many
-- Editgroups before one, newest first: all, or those of a status that most of them have.
SELECT
  g.editgroup_id, g.editor_id, w.username, g.status::text AS status, g.description,
  g.created_at, g.submitted_at, l.index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
LEFT JOIN catalog.changelog AS l ON l.editgroup_id = g.editgroup_id
WHERE
  g.editgroup_id < @before_editgroup_id
  AND (sqlc.narg('status')::text IS NULL OR g.status::text = sqlc.narg('status')::text)
  AND (sqlc.narg('editor_id')::uuid IS NULL OR g.editor_id = sqlc.narg('editor_id')::uuid)
ORDER BY g.editgroup_id DESC
LIMIT @limit_count;

-- name: editgroup_open_list :many
-- The editgroups before one that are open, newest first.
SELECT
  g.editgroup_id, g.editor_id, w.username, g.status::text AS status, g.description,
  g.created_at, g.submitted_at, NULL::bigint AS index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  g.editgroup_id < @before_editgroup_id AND g.status = 'open'
  AND (sqlc.narg('editor_id')::uuid IS NULL OR g.editor_id = sqlc.narg('editor_id')::uuid)
ORDER BY g.editgroup_id DESC
LIMIT @limit_count;

-- name: editgroup_withdrawn_list :many
-- The editgroups before one that were given up, newest first.
SELECT
  g.editgroup_id, g.editor_id, w.username, g.status::text AS status, g.description,
  g.created_at, g.submitted_at, NULL::bigint AS index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  g.editgroup_id < @before_editgroup_id AND g.status = 'withdrawn'
  AND (sqlc.narg('editor_id')::uuid IS NULL OR g.editor_id = sqlc.narg('editor_id')::uuid)
ORDER BY g.editgroup_id DESC
LIMIT @limit_count;

-- name: editgroup_submitted_list :many
-- The editgroups before one that wait for review, newest first.
SELECT
  g.editgroup_id, g.editor_id, w.username, g.status::text AS status, g.description,
  g.created_at, g.submitted_at, NULL::bigint AS index
FROM catalog.editgroup AS g
JOIN catalog.editor AS w ON w.editor_id = g.editor_id
WHERE
  g.editgroup_id < @before_editgroup_id AND g.submitted_at IS NOT NULL AND g.status = 'submitted'
  AND (sqlc.narg('editor_id')::uuid IS NULL OR g.editor_id = sqlc.narg('editor_id')::uuid)
ORDER BY g.editgroup_id DESC
LIMIT @limit_count;

-- name: editgroup_made_list :many
-- The objects that an editgroup made on its own, which its editor did not name, and what for.
-- not null: croid, made_for
SELECT e.croid, (e.extra ->> 'made-for')::integer AS made_for
FROM catalog.editgroup AS g
JOIN catalog.edit AS e ON e.editgroup_id = g.editgroup_id
WHERE
  g.editor_id = @editor_id AND g.idempotency_key = @idempotency_key
  AND e.action = 'create' AND e.kind = 'work' AND e.extra ->> 'made-for' ~ '^[0-9]{1,6}$'
ORDER BY e.croid;
