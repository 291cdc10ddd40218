-- name: editor_find :one
-- An editor by its id or by its name, whatever the case of that.
SELECT e.editor_id, e.username, e.role, e.is_bot, e.is_active, e.created_at
FROM catalog.editor AS e
WHERE
  e.editor_id = sqlc.narg('editor_id')::uuid
  OR lower(e.username) = lower(sqlc.narg('username')::text);

-- name: editor_list :many
-- All editors by name, with how many tokens each has that are good.
SELECT
  e.editor_id, e.username, e.role, e.is_bot, e.is_active, e.created_at,
  (
    SELECT count(*) FROM catalog.token AS t
    WHERE
      t.editor_id = e.editor_id AND t.revoked_at IS NULL
      AND (t.expires_at > now()) IS NOT FALSE
      AND (t.created_at <= e.tokens_revoked_at) IS NOT TRUE
  ) AS token_count
FROM catalog.editor AS e
ORDER BY lower(e.username);

-- name: editor_create :one
-- Make an editor in the name of an admin, or of the operator where there is no agent.
SELECT catalog.create_editor(
  @username::text, @role::catalog.editor_role, @is_bot::boolean, sqlc.narg('agent_id')::uuid
)::uuid AS editor_id;

-- name: editor_rename :exec
-- Give an editor another name.
SELECT catalog.rename_editor(@editor_id::uuid, @username::text, sqlc.narg('agent_id')::uuid);

-- name: editor_set_role :exec
-- Give an editor a role.
SELECT catalog.set_editor_role(
  @editor_id::uuid, @role::catalog.editor_role, sqlc.narg('agent_id')::uuid
);

-- name: editor_set_active :exec
-- Let an editor in, or keep it out.
SELECT catalog.set_editor_active(
  @editor_id::uuid, @is_active::boolean, sqlc.narg('agent_id')::uuid
);
