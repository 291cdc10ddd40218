-- name: changelog_head :one
-- The newest index, 0 before the first.
SELECT c.index FROM catalog.clock AS c;

-- name: changelog_list :many
-- The edits after a place in the changelog, in order, with what names their objects.
SELECT
  l.index, l.accepted_at, e.croid, e.kind::text AS kind, e.action::text AS action, e.revision_id,
  e.previous_revision_id, e.redirect_to, e.editgroup_id, w.username AS agent,
  e.extra::text AS extra,
  ARRAY(
    SELECT d.scheme || ':' || d.value
    FROM croid.identifier AS d
    WHERE d.croid = e.croid
    ORDER BY d.scheme, d.value
  )::text[] AS identifiers
FROM catalog.changelog AS l
JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = l.accepted_by
WHERE
  l.index >= @after_index
  AND (l.index > @after_index OR e.croid > @after_croid)
  AND (sqlc.narg('kind')::text IS NULL OR e.kind::text = sqlc.narg('kind')::text)
ORDER BY l.index, e.croid
LIMIT @limit_count;

-- name: changelog_of_revision :one
-- When and by whom a revision became current.
SELECT l.index, l.accepted_at, w.username AS agent, e.extra::text AS extra
FROM catalog.edit AS e
JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
JOIN catalog.editor AS w ON w.editor_id = l.accepted_by
WHERE e.croid = @croid AND e.revision_id = @revision_id
ORDER BY l.index DESC LIMIT 1;

-- name: changelog_verify :many
-- Indexes whose hash or place does not follow from the row before; empty when the chain is whole.
SELECT v.index
FROM catalog.clock AS c CROSS JOIN LATERAL catalog.verify_chain(1, c.index) AS v (index, problem);

-- name: changelog_verify_range :many
-- Indexes of a range whose row does not follow from the row before, each with what is wrong.
-- not null: *
SELECT v.index, v.problem
FROM catalog.verify_chain(@first_index::bigint, @last_index::bigint) AS v (index, problem);

-- name: changelog_find :one
-- The newest index at a time; 0 before the first.
SELECT catalog.find_index(@at::timestamptz)::bigint AS index;
