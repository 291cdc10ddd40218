-- name: redaction_make :exec
-- Take the content of an old revision away for good.
SELECT catalog.redact_revision(@croid::uuid, @revision_id::uuid, @editor_id::uuid, @reason::text);

-- name: redaction_get :one
-- Why the content of a revision is gone, and since when; nothing where it is there.
SELECT r.croid, r.revision_id, r.redacted_by, w.username, r.redacted_at, r.reason
FROM catalog.redaction AS r JOIN catalog.editor AS w ON w.editor_id = r.redacted_by
WHERE r.croid = @croid AND r.revision_id = @revision_id;
