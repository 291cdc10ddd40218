-- name: required_check_list :many
-- The checks an editgroup has to pass.
SELECT c.check_name, c.description, c.is_for_bots
FROM catalog.required_check AS c ORDER BY c.check_name;

-- name: required_check_set :exec
-- Let no editgroup be accepted without passing this check.
SELECT catalog.require_check(
  @editor_id::uuid, @check_name::text, @description::text, @is_for_bots::boolean
);

-- name: required_check_waive :one
-- Require a check no longer; whether it was required.
-- always one row
SELECT catalog.waive_check(@editor_id::uuid, @check_name::text)::boolean AS was_required;
