-- name: citable_find :many
-- Of each query of a JSON array the releases that share most of its keys.
-- not null: n, croid, doi, surnames, rank
-- nullable: title, container_title, issued_year, volume, issue, first_page, type
SELECT
  f.n, f.croid, f.doi, f.title, f.surnames, f.container_title, f.issued_year, f.volume, f.issue,
  f.first_page, f.type, f.rank
FROM vulcanus.find_citables(@queries::text, @limit_count::integer) AS f
ORDER BY f.n, f.rank DESC, f.croid;

-- name: citable_hold :exec
-- Keep works from being added until the transaction ends.
SELECT vulcanus.hold_citables();

-- name: citable_await :one
-- Note what unresolved references wait for.
-- always one row
SELECT vulcanus.await_citations(@croids::uuid[], @queries::text)::integer AS waiting;

-- name: citable_admit :one
-- Let references find these releases, and have looked up what has waited for them.
-- always one row
SELECT vulcanus.admit_citables(@croids::uuid[])::integer AS citing;

-- name: citable_want :exec
-- Have what these releases cite looked up, in batches of its own.
SELECT vulcanus.want_references(@croids::uuid[]);

-- name: citable_reference_list :many
-- The references of live releases, where they have any.
-- not null: croid, body
SELECT i.croid, p.body::text AS body
FROM catalog.ident AS i
JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
CROSS JOIN LATERAL unnest(r.parts) AS h (sha256)
JOIN catalog.part AS p ON p.croid = r.croid AND p.sha256 = h.sha256
WHERE i.croid = ANY(@croids::uuid[]) AND p.member = 'reference';

-- name: citable_count :one
-- How many works references can mean.
-- always one row
SELECT count(c.croid)::integer AS work_count FROM vulcanus.citable AS c;

-- name: citable_has_doi :one
-- Whether references can mean the work of a DOI.
-- always one row
SELECT EXISTS(
  SELECT FROM catalog.release AS r
  WHERE r.doi = @doi::text AND r.croid IN (SELECT c.croid FROM vulcanus.citable AS c)
)::boolean AS is_known;

-- name: citable_line_list :many
-- The works that references can mean, each in one line as a reference would have it.
-- not null: *
SELECT
  r.doi,
  concat_ws(
    ' ', array_to_string(c.surnames[:3], ' '), r.title, r.container_title, r.issued_year, r.volume,
    c.first_page
  )::text AS line
FROM vulcanus.citable AS c
JOIN catalog.release AS r ON r.croid = c.croid
WHERE r.doi IS NOT NULL
ORDER BY r.croid;
