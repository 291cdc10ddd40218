-- name: entity_list :many
-- Objects of a kind with what each shows: its content, its survivor's, or what was first proposed.
-- nullable: revision_id, body
SELECT
  i.croid, i.state::text AS state, i.redirect_to, s.revision_id,
  catalog.read_body(s.croid, s.revision_id) AS body
FROM catalog.ident AS i
LEFT JOIN LATERAL (
  SELECT t.croid, t.revision_id
  FROM catalog.ident AS t
  WHERE t.croid = coalesce(i.redirect_to, i.croid) AND i.is_live
  UNION ALL
  SELECT e.croid, e.revision_id
  FROM catalog.edit AS e
  WHERE e.croid = i.croid AND e.action = 'create' AND NOT i.is_live
) AS s ON true
WHERE i.kind = @kind::catalog.kind AND i.croid = ANY(@croids::uuid[])
ORDER BY i.croid;

-- name: entity_make_croids :one
-- CROIDs for objects that an editgroup creates; nobody hears of them before it is accepted.
-- always one row
-- not null: *
SELECT ARRAY(SELECT uuidv7() FROM generate_series(1, @n::integer))::uuid[] AS croids;

-- name: entity_find_by_identifier :one
-- The live object of a kind, not a merged one, that an identifier in normal form names.
SELECT d.croid
FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
WHERE
  d.scheme = @scheme AND d.value = @value
  AND i.kind = @kind::catalog.kind AND i.state = 'active'
ORDER BY d.croid LIMIT 1;

-- name: entity_find_by_issn :one
-- The live container that has an ISSN, of a medium or of any.
SELECT c.croid
FROM catalog.container_issn AS c
WHERE
  c.issn = @issn
  AND (sqlc.narg('medium')::text IS NULL OR c.medium = sqlc.narg('medium')::text)
ORDER BY c.croid LIMIT 1;

-- name: entity_find_by_hash :one
-- The live file that has one of these hashes.
SELECT f.croid
FROM catalog.file AS f
WHERE
  f.md5 = sqlc.narg('md5')::bytea OR f.sha1 = sqlc.narg('sha1')::bytea
  OR f.sha256 = sqlc.narg('sha256')::bytea
ORDER BY f.croid LIMIT 1;

-- name: entity_find_by_surt :one
-- The live web capture with a resource of this SURT, of a moment or else the newest.
SELECT w.croid
FROM catalog.webcapture_cdx AS w
WHERE
  w.surt = @surt
  AND (w.captured_at = sqlc.narg('captured_at')::timestamptz) IS NOT FALSE
ORDER BY w.captured_at DESC, w.croid LIMIT 1;

-- name: entity_list_merged :many
-- What was merged into an object of a kind.
SELECT i.croid
FROM catalog.ident AS i
WHERE i.redirect_to = @croid::uuid AND i.kind = @kind::catalog.kind
ORDER BY i.croid;

-- name: entity_list_by_creator :many
-- The live releases of a creator, and of what was merged into it.
SELECT DISTINCT c.croid
FROM catalog.contributor AS c
WHERE
  c.creator_croid IN (
    SELECT @croid::uuid
    UNION ALL
    SELECT i.croid FROM catalog.ident AS i WHERE i.redirect_to = @croid::uuid
  )
ORDER BY c.croid;

-- name: entity_list_by_work :many
-- The live releases of a work, and of what was merged into it.
SELECT r.croid
FROM catalog.release AS r
WHERE
  r.work_croid IN (
    SELECT @croid::uuid
    UNION ALL
    SELECT i.croid FROM catalog.ident AS i WHERE i.redirect_to = @croid::uuid
  )
ORDER BY r.croid;

-- name: entity_list_files :many
-- The live files of a release, and of what was merged into it.
SELECT DISTINCT f.croid
FROM catalog.file_release AS f
WHERE
  f.release_croid IN (
    SELECT @croid::uuid
    UNION ALL
    SELECT i.croid FROM catalog.ident AS i WHERE i.redirect_to = @croid::uuid
  )
ORDER BY f.croid;

-- name: entity_list_filesets :many
-- The live filesets of a release, and of what was merged into it.
SELECT DISTINCT f.croid
FROM catalog.fileset_release AS f
WHERE
  f.release_croid IN (
    SELECT @croid::uuid
    UNION ALL
    SELECT i.croid FROM catalog.ident AS i WHERE i.redirect_to = @croid::uuid
  )
ORDER BY f.croid;

-- name: entity_list_webcaptures :many
-- The live web captures of a release, and of what was merged into it.
SELECT DISTINCT w.croid
FROM catalog.webcapture_release AS w
WHERE
  w.release_croid IN (
    SELECT @croid::uuid
    UNION ALL
    SELECT i.croid FROM catalog.ident AS i WHERE i.redirect_to = @croid::uuid
  )
ORDER BY w.croid;

-- name: entity_revision_get :one
-- A revision of an object of a kind by its id alone, and whether its content was taken away.
SELECT
  r.croid, r.revision_id, catalog.read_body(r.croid, r.revision_id) AS body,
  d.croid IS NOT NULL AS is_redacted
FROM catalog.revision AS r
LEFT JOIN catalog.redaction AS d ON d.croid = r.croid AND d.revision_id = r.revision_id
WHERE r.revision_id = @revision_id AND r.kind = @kind::catalog.kind;

-- name: entity_kind_list :many
-- Of which kind these objects are, those that were never accepted among them.
SELECT i.croid, i.kind FROM catalog.ident AS i WHERE i.croid = ANY(@croids::uuid[]);

-- name: entity_list_last_by_editor :many
-- What an editor last made these objects be, where that was accepted.
-- not null: croid, body
SELECT DISTINCT ON (e.croid) e.croid, catalog.read_body(e.croid, e.revision_id) AS body
FROM catalog.edit AS e
JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
WHERE
  e.croid = ANY(@croids::uuid[]) AND e.revision_id IS NOT NULL AND g.editor_id = @editor_id
ORDER BY e.croid, l.index DESC;
