-- name: relation_change_list :many
-- The objects on both sides of the relations that changed after a place in the changelog, in order,
-- in the form of other changes: nothing of their content is another.
-- not null: croid, kind, action, fields, identifiers
SELECT
  f.index, f.accepted_at, f.croid, i.kind::text AS kind, 'relate' AS action, i.revision_id,
  i.revision_id AS previous_revision_id, NULL::uuid AS redirect_to, f.editgroup_id, f.agent,
  ARRAY(
    SELECT d.scheme || ':' || d.value FROM croid.identifier AS d
    WHERE d.croid = f.croid
    ORDER BY d.scheme, d.value
  )::text[] AS identifiers,
  CASE WHEN t.croid IS NULL THEN f.fields ELSE '{}' END::text[] AS fields,
  t.username AS redacted_by, t.redacted_at, t.reason AS redacted_reason,
  CASE
    WHEN @with_body::boolean AND t.croid IS NULL THEN catalog.read_body(f.croid, i.revision_id)
  END AS body,
  CASE
    WHEN @with_previous::boolean AND t.croid IS NULL THEN catalog.read_body(f.croid, i.revision_id)
  END AS previous_body
FROM (
  SELECT l.index, l.accepted_at, w.username AS agent, l.editgroup_id, s.croid, s.fields
  FROM catalog.changelog AS l
  JOIN catalog.editor AS w ON w.editor_id = l.accepted_by
  CROSS JOIN
    LATERAL (
      SELECT
        v.croid,
        array_agg(distinct '/relation/' || v.relation_type ORDER BY '/relation/' || v.relation_type)
          AS fields
      FROM nexus.relationship AS v JOIN catalog.ident AS n ON n.croid = v.croid
      WHERE
        v.editgroup_id = l.editgroup_id AND v.other_croid IS NOT NULL
        AND (l.index > @after_index OR v.croid > @after_croid)
        AND (sqlc.narg('kind')::text IS NULL OR n.kind::text = sqlc.narg('kind')::text)
        AND (
          sqlc.narg('prefix')::text IS NULL
          OR EXISTS (
            SELECT FROM croid.identifier AS d
            WHERE
              d.croid = v.croid AND d.scheme = 'doi'
              AND starts_with(d.value, sqlc.narg('prefix')::text || '/')
          )
        )
      GROUP BY v.croid
      ORDER BY v.croid
      LIMIT @limit_count
    ) AS s
  WHERE
    l.index BETWEEN @after_index AND @until_index AND l.accepted_by = nexus.editor()
  ORDER BY l.index, s.croid
  LIMIT @limit_count
) AS f
JOIN catalog.ident AS i ON i.croid = f.croid
LEFT JOIN catalog.tombstone AS t ON t.croid = i.croid AND t.revision_id = i.revision_id
ORDER BY f.index, f.croid;
