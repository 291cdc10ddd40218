-- name: api_key_find :one
-- Whose key this is and with which role; nothing where it is no member's or is refused.
-- not null: *
SELECT k.member_id, k.name, k.role
FROM nauvis.find_key(@token_id::uuid) AS k (member_id, name, role);

-- name: api_key_issue :one
-- Give a member a key, at the wish of the operator or of an owner, who shows a key.
SELECT nauvis.issue_key(
  @member_id::integer, @role::nauvis.member_role, @secret_sha256::bytea,
  sqlc.narg('person')::text, sqlc.narg('description')::text,
  sqlc.narg('expires_at')::timestamptz, sqlc.narg('with_token_id')::uuid
)::uuid AS token_id;

-- name: api_key_rotate :one
-- Put a new key in the place of one.
SELECT nauvis.rotate_key(
  @member_id::integer, @token_id::uuid, @secret_sha256::bytea, @overlap::interval,
  sqlc.narg('with_token_id')::uuid
)::uuid AS token_id;

-- name: api_key_revoke :exec
-- Refuse a key of a member from now on.
SELECT nauvis.revoke_key(@member_id::integer, @token_id::uuid, sqlc.narg('with_token_id')::uuid);

-- name: api_key_list :many
-- The keys of a member, newest first, without what is secret.
SELECT
  k.token_id, k.role, k.person, k.rotated_from, t.description, t.created_at, t.expires_at,
  t.revoked_at
FROM nauvis.api_key AS k JOIN catalog.shown_token AS t ON t.token_id = k.token_id
WHERE k.member_id = @member_id AND k.token_id < @before_token_id
ORDER BY k.token_id DESC
LIMIT @limit_count;

-- name: api_key_get :one
-- A key of a member as its list shows it.
SELECT
  k.token_id, k.role, k.person, k.rotated_from, t.description, t.created_at, t.expires_at,
  t.revoked_at
FROM nauvis.api_key AS k JOIN catalog.shown_token AS t ON t.token_id = k.token_id
WHERE k.token_id = @token_id AND k.member_id = @member_id;
