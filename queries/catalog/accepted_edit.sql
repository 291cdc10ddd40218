-- name: accepted_edit_list :many
-- What happened to an object, newest first, a page at a time.
-- not null: index, accepted_at, editor, editgroup_id
SELECT
  h.index, h.accepted_at, h.editor, h.editgroup_id, h.action::text AS action, h.revision_id,
  h.previous_revision_id, h.redirect_to, h.description, t.username AS redacted_by, t.redacted_at,
  t.reason AS redacted_reason
FROM catalog.accepted_edit AS h
LEFT JOIN catalog.tombstone AS t ON t.croid = h.croid AND t.revision_id = h.revision_id
WHERE h.croid = @croid::uuid AND h.index < @before_index::bigint
ORDER BY h.index DESC
LIMIT @limit_count;

-- name: accepted_edit_get_at :one
-- What an object was at an index: the last thing that happened to it up to there.
-- not null: index, accepted_at, editor
SELECT
  h.index, h.accepted_at, h.editor, h.kind::text AS kind, h.revision_id, h.redirect_to,
  h.previous_revision_id
FROM catalog.accepted_edit AS h
WHERE h.croid = @croid::uuid AND h.index <= @as_of_index::bigint
ORDER BY h.index DESC LIMIT 1;

-- name: accepted_edit_list_revisions :many
-- The revisions of an object, newest first, each where it became current first, a page at a time.
-- not null: revision_id, index, accepted_at, editor
SELECT
  h.revision_id, h.index, h.accepted_at, h.editor, h.action::text AS action, r.content_hash,
  t.username AS redacted_by, t.redacted_at, t.reason AS redacted_reason
FROM catalog.accepted_edit AS h
JOIN catalog.revision AS r ON r.croid = h.croid AND r.revision_id = h.revision_id
LEFT JOIN catalog.tombstone AS t ON t.croid = h.croid AND t.revision_id = h.revision_id
WHERE
  h.croid = @croid::uuid AND h.index < @before_index::bigint
  AND NOT EXISTS (
    SELECT FROM catalog.accepted_edit AS f
    WHERE f.croid = h.croid AND f.revision_id = h.revision_id AND f.index < h.index
  )
ORDER BY h.index DESC
LIMIT @limit_count;

-- name: accepted_edit_list_contents :many
-- What happened to an object with the content each time, newest first: what is kept in parts is
-- named by member and hash only.
-- not null: index, accepted_at, editor
-- nullable: body
SELECT
  h.index, h.accepted_at, h.editor, h.revision_id, x.croid IS NOT NULL AS is_redacted,
  CASE WHEN r.revision_id IS NOT NULL THEN coalesce(c.body, '{}')::text END AS body,
  coalesce(c.members, '{}')::text[] AS members, coalesce(c.sha256s, '{}')::bytea[] AS sha256s
FROM catalog.accepted_edit AS h
LEFT JOIN catalog.revision AS r ON r.croid = h.croid AND r.revision_id = h.revision_id
LEFT JOIN catalog.redaction AS x ON x.croid = h.croid AND x.revision_id = h.revision_id
CROSS JOIN
  LATERAL (
    SELECT
      jsonb_object_agg(m.member, m.body) FILTER (WHERE m.sha256 IS NULL) AS body,
      array_agg(m.member ORDER BY m.member) FILTER (WHERE m.sha256 IS NOT NULL) AS members,
      array_agg(m.sha256 ORDER BY m.member) FILTER (WHERE m.sha256 IS NOT NULL) AS sha256s
    FROM catalog.list_members(r.croid, r.revision_id) AS m (member, body, sha256)
  ) AS c
WHERE h.croid = @croid::uuid AND h.index < @before_index::bigint
ORDER BY h.index DESC
LIMIT @limit_count;

-- name: accepted_edit_part_get :one
-- A part of an object as JSON text.
-- not null: *
SELECT p.body::text AS body FROM catalog.part AS p
WHERE p.croid = @croid AND p.sha256 = @sha256;

-- name: accepted_edit_identifier_list :many
-- The identifiers that a revision gives its object.
-- not null: *
SELECT i.scheme, i.value
FROM catalog.revision AS r
CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS i (scheme, value, is_claim)
WHERE r.croid = @croid AND r.revision_id = @revision_id
ORDER BY i.scheme, i.value;
