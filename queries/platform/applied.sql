-- name: applied_list :many
-- The repeatable files as they were last applied here.
SELECT a.name, a.sha256 FROM platform.applied AS a ORDER BY a.name;

-- name: applied_record :exec
-- Note repeatable files as applied.
INSERT INTO platform.applied (name, sha256)
SELECT u.name, u.sha256
FROM (SELECT unnest(@names::text[]) AS name, unnest(@hashes::bytea[]) AS sha256) AS u
ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, applied_at = now();

-- name: applied_stand_alone :exec
-- Keep others from upgrading as long as the session lasts; needs nothing to be there.
SELECT pg_advisory_lock(7306086968);

-- name: applied_lock :exec
-- Keep others from applying until the transaction ends.
SELECT pg_advisory_xact_lock(7306086967);
