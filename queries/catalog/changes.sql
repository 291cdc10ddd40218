-- name: change_list :many
-- What was accepted after a place in the changelog, in order, with the members that changed.
SELECT
  f.index, f.accepted_at, f.croid, f.kind, f.action, f.revision_id, f.previous_revision_id,
  f.previous_redirect_to, f.redirect_to, f.editgroup_id, f.agent,
  CASE
    WHEN f.revision_id IS NOT NULL
      THEN
        ARRAY(
          SELECT d.scheme || ':' || d.value
          FROM croid.identifier AS d
          WHERE d.croid = f.croid
          ORDER BY d.scheme, d.value
        )
    ELSE ARRAY(
      SELECT i.scheme || ':' || i.value
      FROM catalog.revision AS r
      CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS i (scheme, value, is_claim)
      WHERE r.croid = f.croid AND r.revision_id = f.previous_revision_id ORDER BY i.scheme, i.value
    )
  END::text[] AS identifiers,
  CASE
    WHEN f.revision_id IS NULL OR t.croid IS NOT NULL THEN '{}'
    ELSE
      catalog.list_changed_members(
        f.croid, CASE WHEN p.croid IS NULL THEN f.previous_revision_id END, f.revision_id
      )
  END::text[] AS fields,
  t.username AS redacted_by, t.redacted_at, t.reason AS redacted_reason,
  CASE
    WHEN @with_body::boolean AND t.croid IS NULL THEN catalog.read_body(f.croid, f.revision_id)
  END AS body,
  CASE
    WHEN @with_previous::boolean AND p.croid IS NULL
      THEN catalog.read_body(f.croid, f.previous_revision_id)
  END AS previous_body
FROM (
  SELECT
    l.index, l.accepted_at, w.username AS agent, e.croid, e.kind, e.action, e.revision_id,
    e.previous_revision_id, e.previous_redirect_to, e.redirect_to, l.editgroup_id
  FROM catalog.changelog AS l
  JOIN catalog.editor AS w ON w.editor_id = l.accepted_by
  CROSS JOIN
    LATERAL (
      SELECT
        d.croid, d.kind::text AS kind, d.action::text AS action, d.revision_id,
        d.previous_revision_id, d.previous_redirect_to, d.redirect_to
      FROM catalog.edit AS d
      WHERE
        d.editgroup_id = l.editgroup_id
        AND (l.index > @after_index OR d.croid > @after_croid)
        AND (sqlc.narg('kind')::text IS NULL OR d.kind::text = sqlc.narg('kind')::text)
        AND (
          sqlc.narg('prefix')::text IS NULL
          OR EXISTS (
            SELECT FROM catalog.revision AS r
            WHERE
              r.croid = d.croid AND r.revision_id = coalesce(d.revision_id, d.previous_revision_id)
              AND starts_with(lower(r.body ->> 'DOI'), sqlc.narg('prefix')::text || '/')
          )
        )
      ORDER BY d.croid
      LIMIT @limit_count
    ) AS e
  WHERE l.index BETWEEN @after_index AND @until_index
  ORDER BY l.index, e.croid
  LIMIT @limit_count
) AS f
LEFT JOIN catalog.tombstone AS t ON t.croid = f.croid AND t.revision_id = f.revision_id
LEFT JOIN catalog.redaction AS p ON p.croid = f.croid AND p.revision_id = f.previous_revision_id
ORDER BY f.index, f.croid;

-- name: change_listen :exec
-- Hear of every new index on this connection, as soon as it is committed.
LISTEN nexus_changelog;

-- name: change_place :one
-- The index of the last accepted edit of an object, and when and by whom it was made.
SELECT l.index, l.accepted_at, w.username AS agent, e.redirect_to, e.previous_revision_id
FROM catalog.edit AS e
JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = l.accepted_by
WHERE e.croid = @croid
ORDER BY l.index DESC LIMIT 1;
