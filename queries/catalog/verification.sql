-- name: verification_range :one
-- Where the next objects of a walk in the order of CROIDs end, and how many they are.
-- nullable: last_croid
-- not null: object_count
SELECT (array_agg(n.croid ORDER BY n.croid DESC))[1] AS last_croid, count(*) AS object_count
FROM (
  SELECT i.croid FROM catalog.ident AS i
  WHERE i.croid > @after_croid ORDER BY i.croid LIMIT @limit_count
) AS n;

-- name: verification_content :many
-- Revisions and parts of a range of objects that are not what their hashes say.
-- not null: croid, problem
SELECT v.croid, v.revision_id, v.problem
FROM catalog.verify_content(@after_croid::uuid, @until_croid::uuid)
  AS v (croid, revision_id, problem);

-- name: verification_projections :many
-- Objects of a range whose projected rows are not what their revisions say.
-- not null: *
SELECT v.croid, v.problem, v.is_repaired
FROM catalog.verify_projections(@after_croid::uuid, @until_croid::uuid, @repair::boolean)
  AS v (croid, problem, is_repaired);

-- name: verification_object_count :one
-- How many objects there are.
-- always one row
SELECT count(*) AS object_count FROM catalog.ident;
