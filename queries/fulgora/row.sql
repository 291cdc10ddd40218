-- name: row_source_list :many
-- The sources with the release of each that was completed last.
-- nullable: kind, scheme, release_no, label, completed_at
SELECT
  s.source, s.title, s.kind::text AS kind, s.scheme, s.licence, s.attribution, s.homepage,
  s.is_whole, r.release_no, r.label, r.completed_at
FROM fulgora.source AS s
LEFT JOIN LATERAL (
  SELECT l.release_no, l.label, l.completed_at FROM fulgora.release AS l
  WHERE l.source = s.source AND l.state = 'complete'
  ORDER BY l.release_no DESC LIMIT 1
) AS r ON true
WHERE sqlc.narg('source')::text IS NULL OR s.source = sqlc.narg('source')
ORDER BY s.source;

-- name: row_release_list :many
-- The complete releases of a source, newest first, a page at a time.
SELECT
  r.source, r.release_no, r.label, r.row_count, r.changed_count, r.removed_count, r.older_count,
  r.problem_count, r.started_at, r.completed_at
FROM fulgora.release AS r
WHERE
  r.source = @source::text AND r.state = 'complete' AND r.release_no < @before_release_no::integer
ORDER BY r.release_no DESC
LIMIT @limit_count;

-- name: row_list :many
-- The keys of the rows that held after a release, in order, a page at a time.
SELECT r.key, r.version, r.valid_from_release
FROM fulgora.record AS r
WHERE
  r.source = @source::text AND r.key > @after_key::text
  AND r.valid_from_release <= @release_no::integer
  AND (r.valid_to_release IS NULL OR r.valid_to_release > @release_no)
ORDER BY r.key
LIMIT @limit_count;

-- name: row_get :one
-- A row as it was after a release.
SELECT r.key, r.version, r.valid_from_release, r.record
FROM fulgora.record AS r
WHERE
  r.source = @source::text AND r.key = @key::text
  AND r.valid_from_release <= @release_no::integer
  AND (r.valid_to_release IS NULL OR r.valid_to_release > @release_no);

-- name: row_statement_list :many
-- What a version of a row says about identifiers.
SELECT t.scheme, t.value, t.role, t.facts::text AS facts
FROM fulgora.statement AS t
WHERE
  t.source = @source::text AND t.key = @key::text AND t.valid_from_release = @release_no::integer
ORDER BY t.n;

-- name: row_change_list :many
-- What a release added, changed and removed, in order of key, a page at a time.
-- not null: key, change
-- nullable: before_release_no
SELECT c.key, c.change, c.before_release_no
FROM fulgora.release_change AS c
WHERE
  c.source = @source::text AND c.release_no = @release_no::integer AND c.key > @after_key::text
  AND (sqlc.narg('change')::text IS NULL OR c.change = sqlc.narg('change'))
ORDER BY c.key
LIMIT @limit_count;
