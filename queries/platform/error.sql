-- name: error_list :many
-- Every error of the system.
SELECT e.sqlstate, e.slug, e.http_status, e.meaning, e.hint
FROM platform.error AS e ORDER BY e.sqlstate;
