-- name: work_then_get :one
-- A release as it was at an index, with what was told around its content then.
-- not null: index, created_at, indexed_at, deposited_at, reference_count
SELECT
  h.revision_id, h.index, h.redirect_to, c.created_at, h.accepted_at AS indexed_at,
  lower(r.body ->> 'DOI') AS doi,
  coalesce(d.received_at, c.created_at) AS deposited_at,
  coalesce((
    SELECT jsonb_array_length(p.body) FROM catalog.part AS p
    WHERE
      p.croid = h.croid AND p.sha256 = ANY(r.parts) AND p.member = 'reference'
      AND jsonb_typeof(p.body) = 'array'
  ), 0) AS reference_count,
  CASE
    WHEN r.revision_id IS NOT NULL THEN catalog.read_body(h.croid, h.revision_id)
  END AS body
FROM catalog.accepted_edit AS h
LEFT JOIN catalog.revision AS r ON r.croid = h.croid AND r.revision_id = h.revision_id
CROSS JOIN
  LATERAL (
    SELECT min(f.accepted_at) AS created_at FROM catalog.accepted_edit AS f WHERE f.croid = h.croid
  ) AS c
CROSS JOIN
  LATERAL (
    SELECT max(a.received_at) AS received_at FROM nauvis.applied_deposit AS a
    WHERE a.croid = h.croid AND a.index <= @as_of_index::bigint
  ) AS d
WHERE h.croid = @croid::uuid AND h.index <= @as_of_index::bigint
ORDER BY h.index DESC LIMIT 1;

-- name: work_then_list :many
-- Releases that were live at an index, in the order of their CROIDs, a page at a time.
-- not null: *
SELECT
  i.croid, h.revision_id, h.index, lower(r.body ->> 'DOI') AS doi, h.created_at, h.indexed_at,
  coalesce(d.received_at, h.created_at) AS deposited_at,
  coalesce((
    SELECT jsonb_array_length(p.body) FROM catalog.part AS p
    WHERE
      p.croid = i.croid AND p.sha256 = ANY(r.parts) AND p.member = 'reference'
      AND jsonb_typeof(p.body) = 'array'
  ), 0) AS reference_count,
  catalog.read_body(i.croid, h.revision_id) AS body
FROM catalog.ident AS i
CROSS JOIN
  LATERAL (
    -- All edits up to there in one pass: the last says what it was, the first when it came.
    SELECT
      (array_agg(e.revision_id ORDER BY l.index DESC))[1] AS revision_id,
      max(l.index) AS index, min(l.accepted_at) AS created_at, max(l.accepted_at) AS indexed_at
    FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
    WHERE e.croid = i.croid AND l.index <= @as_of_index::bigint
  ) AS h
CROSS JOIN
  LATERAL (
    -- The limit keeps this a look-up: joined, all revisions would be read for a page.
    SELECT v.revision_id, v.body, v.parts FROM catalog.revision AS v
    WHERE v.croid = i.croid AND v.revision_id = h.revision_id
    ORDER BY v.revision_id LIMIT 1
  ) AS r
CROSS JOIN
  LATERAL (
    SELECT max(a.received_at) AS received_at FROM nauvis.applied_deposit AS a
    WHERE a.croid = i.croid AND a.index <= @as_of_index::bigint
  ) AS d
WHERE
  -- Nothing is known of what bodies hold: what may be anything makes a page be read in order.
  i.croid > @after_croid AND i.kind = 'release' AND i.is_live AND coalesce(r.body ? 'DOI', false)
  AND coalesce(r.body ->> 'type' = sqlc.narg('type')::text, sqlc.narg('type')::text IS NULL)
  AND coalesce(r.body ->> 'member' = sqlc.narg('member')::text, sqlc.narg('member')::text IS NULL)
  AND coalesce(
    starts_with(lower(r.body ->> 'DOI'), sqlc.narg('prefix')::text || '/'),
    sqlc.narg('prefix')::text IS NULL
  )
  AND (
    -- Spares reading what never had a DOI of the prefix.
    sqlc.narg('prefix')::text IS NULL
    OR i.croid IN (
      SELECT n.croid FROM croid.identifier AS n
      WHERE n.scheme = 'doi' AND starts_with(n.value, sqlc.narg('prefix')::text || '/')
      UNION ALL
      SELECT f.croid FROM croid.former_identifier AS f
      WHERE f.scheme = 'doi' AND starts_with(f.value, sqlc.narg('prefix')::text || '/')
    )
  )
ORDER BY i.croid
LIMIT @limit_count;

-- name: work_then_count :one
-- How many releases were live at an index; where that is not exact, never less than there were.
-- always one row
-- not null: *
SELECT c.work_count, c.is_exact
FROM aquilo.count_works_then(
  @as_of_index::bigint, sqlc.narg('type')::text, sqlc.narg('prefix')::text,
  sqlc.narg('member')::text, @most::integer
) AS c (work_count, is_exact);

-- name: work_then_find :one
-- The object that an identifier names, live, merged or deleted.
SELECT d.croid FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
WHERE d.scheme = @scheme AND d.value = @value AND i.is_live;

-- name: work_then_find_at :one
-- The object that an identifier named at an index, live, merged or deleted then; one whose content
-- was taken away may have been it.
SELECT c.croid
FROM (
  SELECT d.croid FROM croid.identifier AS d
  WHERE d.scheme = @scheme::text AND d.value = @value::text
  UNION
  SELECT f.croid FROM croid.former_identifier AS f
  WHERE f.scheme = @scheme::text AND f.value = @value::text
) AS c
CROSS JOIN
  LATERAL (
    SELECT h.index, h.revision_id, h.redirect_to FROM catalog.accepted_edit AS h
    WHERE h.croid = c.croid AND h.index <= @as_of_index::bigint
    ORDER BY h.index DESC LIMIT 1
  ) AS h
CROSS JOIN
  LATERAL (
    SELECT r.kind, r.body, x.croid IS NOT NULL AS is_redacted
    FROM catalog.accepted_edit AS p
    JOIN catalog.revision AS r ON r.croid = p.croid AND r.revision_id = p.revision_id
    LEFT JOIN catalog.redaction AS x ON x.croid = r.croid AND x.revision_id = r.revision_id
    WHERE p.croid = c.croid AND p.index <= @as_of_index::bigint
    ORDER BY p.index DESC LIMIT 1
  ) AS r
WHERE
  r.is_redacted
  OR EXISTS (
    SELECT FROM catalog.list_identifiers(r.kind, r.body) AS l (scheme, value, is_claim)
    WHERE l.scheme = @scheme::text AND l.value = @value::text
  )
ORDER BY
  r.is_redacted, h.revision_id IS NULL, h.redirect_to IS NULL, h.index DESC
LIMIT 1;

-- name: work_then_change_list :many
-- What happened to an object, newest first, with the deposit each change came from, a page at a
-- time.
-- not null: index, accepted_at, editor
SELECT
  h.index, h.accepted_at, h.editor, h.revision_id, h.previous_revision_id,
  t.username AS redacted_by, t.redacted_at, t.reason AS redacted_reason,
  (
    SELECT a.deposit_id FROM nauvis.applied_deposit AS a
    WHERE a.croid = h.croid AND a.index = h.index
    ORDER BY a.deposit_id DESC, a.n DESC LIMIT 1
  ) AS deposit_id
FROM catalog.accepted_edit AS h
LEFT JOIN catalog.tombstone AS t ON t.croid = h.croid AND t.revision_id = h.revision_id
WHERE h.croid = @croid::uuid AND h.index < @before_index::bigint
ORDER BY h.index DESC
LIMIT @limit_count;
