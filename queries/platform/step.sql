-- name: step_get :one
-- The migration step the database is at.
SELECT v.version_num AS step FROM platform.alembic_version AS v;
