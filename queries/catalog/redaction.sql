-- name: redaction_make :exec
-- Take the content of an old revision away for good.
SELECT catalog.redact_revision(@croid::uuid, @revision_id::uuid, @editor_id::uuid, @reason::text);

-- name: redaction_get :one
-- Why the content of a revision is gone, and since when; nothing where it is there.
-- not null: *
SELECT t.croid, t.revision_id, t.username, t.redacted_at, t.reason
FROM catalog.tombstone AS t WHERE t.croid = @croid AND t.revision_id = @revision_id;

-- name: redaction_list :many
-- Why the content of these revisions of an object is gone, for those whose is.
-- not null: *
SELECT t.revision_id, t.username, t.redacted_at, t.reason
FROM catalog.tombstone AS t
WHERE t.croid = @croid AND t.revision_id = ANY(@revision_ids::uuid[]);

-- name: redaction_count :one
-- How many revisions have lost their content.
-- always one row
SELECT count(*) AS redaction_count FROM catalog.redaction;

-- name: redaction_list_by_croids :many
-- Which of these revisions, each of the object beside it, have lost their content.
-- not null: *
SELECT t.croid, t.revision_id
FROM catalog.tombstone AS t
JOIN (
  SELECT unnest(@croids::uuid[]) AS croid, unnest(@revision_ids::uuid[]) AS revision_id
) AS w ON w.croid = t.croid AND w.revision_id = t.revision_id;
