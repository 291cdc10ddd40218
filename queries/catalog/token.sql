-- name: token_find :one
-- Whose token this is, what it is good for, and why it is refused, with the hash of its secret.
-- not null: secret_sha256, editor_id, username, role, scopes, is_noted
SELECT t.secret_sha256, t.editor_id, t.username, t.role, t.scopes, t.refusal, t.is_noted
FROM catalog.find_token(@token_id::uuid)
  AS t (secret_sha256, editor_id, username, role, scopes, refusal, is_noted);

-- name: token_note :exec
-- Note that a token is used now.
SELECT catalog.note_token(@token_id::uuid);

-- name: token_list_by_editor :many
-- The tokens of an editor, newest first, without what is secret.
SELECT
  t.token_id, t.scopes, t.description, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
FROM catalog.shown_token AS t
WHERE t.editor_id = @editor_id AND t.token_id < @before_token_id
ORDER BY t.token_id DESC
LIMIT @limit_count;

-- name: token_get :one
-- A token of an editor as its list shows it.
SELECT
  t.token_id, t.scopes, t.description, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
FROM catalog.shown_token AS t
WHERE t.token_id = @token_id AND t.editor_id = @editor_id;

-- name: token_issue :one
-- Give an editor a token; without scopes it is good for all it can be.
SELECT catalog.issue_token(
  @editor_id::uuid, @secret_sha256::bytea, sqlc.narg('scopes')::text[],
  sqlc.narg('expires_at')::timestamptz, sqlc.narg('description')::text,
  sqlc.narg('with_token_id')::uuid
)::uuid AS token_id;

-- name: token_revoke :exec
-- Refuse a token from now on.
SELECT catalog.revoke_token(@editor_id::uuid, @token_id::uuid, sqlc.narg('agent_id')::uuid);

-- name: token_revoke_all :one
-- Refuse every token an editor has from now on; returns until when they were issued.
SELECT catalog.revoke_tokens(@editor_id::uuid, sqlc.narg('agent_id')::uuid)::timestamptz AS until;
