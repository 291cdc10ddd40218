-- name: location_find :one
-- Where a DOI leads, in one look.
-- not null: named_croid, croid, kind, state
SELECT
  r.named_croid, r.croid, r.kind, r.state, r.doi, r.title, r.resource::text AS resource,
  r.changed_at
FROM nauvis.resolve(@doi::text) AS r;

-- name: location_get :one
-- Where an object lies.
-- not null: named_croid, croid, kind, state
SELECT
  r.named_croid, r.croid, r.kind, r.state, r.doi, r.title, r.resource::text AS resource,
  r.changed_at
FROM nauvis.locate(@croid::uuid) AS r;

-- name: location_last :one
-- What is known of an object that was deleted: when, at which index, and its last title, unless its
-- content was taken away.
-- not null: index, accepted_at
-- nullable: title
SELECT
  c.index, c.accepted_at, e.previous_revision_id,
  coalesce(r.body #>> '{title,0}', r.body ->> 'name', r.body ->> 'display_name') AS title
FROM catalog.edit AS e
JOIN catalog.changelog AS c ON c.editgroup_id = e.editgroup_id
LEFT JOIN catalog.revision AS r ON r.croid = e.croid AND r.revision_id = e.previous_revision_id
WHERE e.croid = @croid
ORDER BY c.index DESC LIMIT 1;
