-- name: step_get :one
-- The migration step the database is at.
SELECT v.version_num AS step FROM platform.alembic_version AS v;

-- name: step_exists :one
-- Whether the database has ever been migrated.
SELECT (to_regclass('platform.alembic_version') IS NOT NULL)::boolean AS is_migrated;
