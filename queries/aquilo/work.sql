-- name: work_get :one
-- The release a DOI names, live, merged or deleted, with what is told around its content.
SELECT
  i.croid, i.state::text AS state, i.redirect_to, w.revision_id, w.doi, w.index,
  w.reference_count, w.cited_by_count, w.created_at, w.deposited_at, w.indexed_at,
  CASE WHEN @with_body::boolean THEN catalog.read_body(w.croid, w.revision_id) END AS body
FROM croid.identifier AS d
JOIN catalog.ident AS i ON i.croid = d.croid
LEFT JOIN aquilo.work AS w ON w.croid = i.croid
WHERE d.scheme = 'doi' AND d.value = @doi AND i.is_live;

-- name: work_list_by_doi :many
-- The releases that DOIs name, each as work_get gives it.
SELECT
  d.value AS asked, i.croid, i.state::text AS state, i.redirect_to, w.revision_id, w.doi, w.index,
  w.reference_count, w.cited_by_count, w.created_at, w.deposited_at, w.indexed_at,
  CASE WHEN @with_body::boolean THEN catalog.read_body(w.croid, w.revision_id) END AS body
FROM croid.identifier AS d
JOIN catalog.ident AS i ON i.croid = d.croid
LEFT JOIN aquilo.work AS w ON w.croid = i.croid
WHERE d.scheme = 'doi' AND d.value = ANY (@dois::text[]) AND i.is_live;

-- name: work_list :many
-- Live releases in the order of their CROIDs, a page at a time.
SELECT
  w.croid, w.revision_id, w.doi, w.index, w.reference_count, w.cited_by_count,
  w.created_at, w.deposited_at, w.indexed_at, catalog.read_body(w.croid, w.revision_id) AS body
FROM aquilo.work AS w
WHERE w.croid > @after_croid
ORDER BY w.croid
LIMIT @limit_count OFFSET @offset_count;

-- name: work_count :one
-- How many live releases there are.
SELECT count(*) AS work_count FROM catalog.release AS r WHERE r.doi IS NOT NULL;

-- name: work_search :many
-- Live releases that contain the words, best first, a page at a time, but for one that was shown
-- already.
SELECT
  w.croid, w.revision_id, w.doi, w.index, w.reference_count, w.cited_by_count,
  w.created_at, w.deposited_at, w.indexed_at,
  f.score, catalog.read_body(w.croid, w.revision_id) AS body
FROM (
  SELECT d.croid, ts_rank(d.search, q.query)::real AS score
  FROM plainto_tsquery('simple', @query::text) AS q (query)
  JOIN aquilo.document AS d ON d.search @@ q.query
  JOIN catalog.release AS r ON r.croid = d.croid AND r.doi IS NOT NULL
  WHERE
    (ts_rank(d.search, q.query)::real, d.croid) < (@before_score::real, @before_croid::uuid)
    AND (sqlc.narg('but_croid')::uuid IS NULL OR d.croid <> sqlc.narg('but_croid')::uuid)
  ORDER BY score DESC, d.croid DESC
  LIMIT @limit_count OFFSET @offset_count
) AS f
JOIN aquilo.work AS w ON w.croid = f.croid
ORDER BY f.score DESC, f.croid DESC;

-- name: work_search_count :one
-- How many live releases contain the words, but for one that is shown in any case.
SELECT count(*) AS work_count
FROM aquilo.document AS d
JOIN catalog.release AS r ON r.croid = d.croid AND r.doi IS NOT NULL
WHERE
  d.search @@ plainto_tsquery('simple', @query::text)
  AND (sqlc.narg('but_croid')::uuid IS NULL OR d.croid <> sqlc.narg('but_croid')::uuid);

-- name: organisation_get :one
-- The organisation a ROR id names, live, merged or deleted, as JSON text where it is wanted.
SELECT
  i.croid, i.state::text AS state, i.redirect_to, i.revision_id,
  CASE WHEN @with_body::boolean THEN catalog.read_body(i.croid, i.revision_id) END AS body
FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
WHERE d.scheme = 'ror' AND d.value = @ror AND i.is_live;

-- name: work_doi_get :one
-- The DOI of a live release.
SELECT r.doi FROM catalog.release AS r WHERE r.croid = @croid;
