-- name: work_get :one
-- The release a DOI names, live, merged or deleted, with what is told around its content.
SELECT
  i.croid, i.state::text AS state, i.redirect_to, w.revision_id, w.doi, w.index,
  w.reference_count, w.cited_by_count, w.created_at, w.deposited_at, w.indexed_at, w.updated_by,
  CASE WHEN @with_body::boolean THEN catalog.read_body(w.croid, w.revision_id) END AS body
FROM croid.identifier AS d
JOIN catalog.ident AS i ON i.croid = d.croid
LEFT JOIN aquilo.work AS w ON w.croid = i.croid
WHERE d.scheme = 'doi' AND d.value = @doi AND i.is_live;

-- name: work_list_by_doi :many
-- The releases that DOIs name, each as work_get gives it.
-- not null: asked, croid, state
-- nullable: redirect_to, revision_id, doi, index, reference_count, cited_by_count, created_at
-- nullable: deposited_at, indexed_at, updated_by, body, moment
SELECT
  f.asked, f.croid, f.state, f.redirect_to, f.revision_id, f.doi, f.index, f.reference_count,
  f.cited_by_count, f.created_at, f.deposited_at, f.indexed_at, f.updated_by, f.body,
  f.moment
FROM aquilo.find_works(@dois::text[], @with_body::boolean) AS f;

-- name: work_list :many
-- Live releases in the order of their CROIDs, a page at a time.
SELECT
  w.croid, w.revision_id, w.doi, w.index, w.reference_count, w.cited_by_count,
  w.created_at, w.deposited_at, w.indexed_at, w.updated_by,
  catalog.read_body(w.croid, w.revision_id) AS body
FROM aquilo.work AS w
WHERE w.croid > @after_croid
ORDER BY w.croid
LIMIT @limit_count OFFSET @offset_count;

-- name: work_count :one
-- How many live releases there are.
SELECT count(*) AS work_count FROM catalog.release AS r WHERE r.doi IS NOT NULL;

-- name: work_list_of :many
-- These live releases, in this order.
SELECT
  w.croid, w.revision_id, w.doi, w.index, w.reference_count, w.cited_by_count,
  w.created_at, w.deposited_at, w.indexed_at, w.updated_by,
  catalog.read_body(w.croid, w.revision_id) AS body
FROM unnest(@croids::uuid[]) WITH ORDINALITY AS u (croid, place)
CROSS JOIN
  LATERAL (
    -- The limit keeps this a look-up of one object; joined, the view would be read whole.
    SELECT v.* FROM aquilo.work AS v WHERE v.croid = u.croid ORDER BY v.croid LIMIT 1
  ) AS w
ORDER BY u.place;

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
