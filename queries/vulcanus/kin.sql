-- name: kin_note :one
-- Note which versions of themselves these releases name, and have looked at what may be kin.
-- always one row
SELECT vulcanus.note_kin(@croids::uuid[])::integer AS concerned;

-- name: kin_list :many
-- Other releases that may be versions of these, or one and the same.
-- not null: croid, other
-- nullable: relation_type
SELECT k.croid, k.other, k.relation_type FROM vulcanus.list_kin(@croids::uuid[]) AS k
ORDER BY k.croid, k.other, k.relation_type;

-- name: kin_release_list :many
-- What tells releases from one another.
-- not null: croid, doi, surnames
SELECT
  c.croid, r.doi, r.type, r.release_type, r.title, c.surnames, r.container_title, r.issued_year,
  r.volume, c.first_page, r.work_croid
FROM vulcanus.citable AS c
JOIN catalog.release AS r ON r.croid = c.croid
WHERE c.croid = ANY(@croids::uuid[])
ORDER BY c.croid;

-- name: kin_former_list :many
-- The first work that each of these releases was grouped under, by layers in force or retired.
-- not null: *
SELECT DISTINCT ON (l.croid) l.croid, (l.patch #>> '{0,enrichedValue}')::text AS work
FROM vulcanus.layer AS l
WHERE
  l.croid = ANY(@croids::uuid[]) AND l.strategy = 'release-work' AND l.patch <> '[]'
ORDER BY l.croid, l.asserted_at, l.layer_id;
