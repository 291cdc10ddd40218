-- name: work_get :one
-- A live release by its DOI, through a merge if need be, as JSON text.
SELECT i.croid, i.state::text AS state, i.revision_id, t.croid AS survivor,
       catalog.read_body(i.croid, i.revision_id) AS body
FROM croid.identifier AS d
JOIN catalog.ident AS i ON i.croid = d.croid
LEFT JOIN catalog.ident AS t ON t.croid = i.redirect_to
WHERE d.scheme = 'doi' AND d.value = @doi AND i.is_live;

-- name: work_list :many
-- Live releases in the order of their CROIDs, a page at a time.
SELECT r.croid, i.revision_id, r.doi, catalog.read_body(r.croid, i.revision_id) AS body
FROM catalog.release AS r JOIN catalog.ident AS i ON i.croid = r.croid
WHERE r.croid > @after_croid
ORDER BY r.croid
LIMIT @limit_count;

-- name: work_count :one
-- How many live releases there are.
SELECT count(*) AS work_count FROM catalog.release;

-- name: work_search :many
-- Live releases that contain the words, best first, a page at a time.
SELECT f.croid, f.revision_id, f.score, catalog.read_body(f.croid, f.revision_id) AS body
FROM (
  SELECT d.croid, i.revision_id, ts_rank(d.search, q.query)::real AS score
  FROM plainto_tsquery('simple', @query::text) AS q (query)
  JOIN aquilo.document AS d ON d.search @@ q.query
  JOIN catalog.ident AS i ON i.croid = d.croid AND i.state = 'active'
) AS f
WHERE (f.score, f.croid) < (@before_score::real, @before_croid::uuid)
ORDER BY f.score DESC, f.croid DESC
LIMIT @limit_count;

-- name: work_search_count :one
-- How many live releases contain the words.
SELECT count(*) AS work_count
FROM aquilo.document AS d WHERE d.search @@ plainto_tsquery('simple', @query::text);

-- name: organisation_get :one
-- A live organisation by its ROR id as JSON text.
SELECT i.croid, i.state::text AS state, i.revision_id, catalog.read_body(i.croid, i.revision_id) AS body
FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
WHERE d.scheme = 'ror' AND d.value = @ror AND i.is_live;
