-- name: server_get :one
-- What the server is and how it is set.
SELECT
  current_setting('server_version_num')::integer AS version_num,
  current_setting('server_encoding') AS encoding,
  d.datlocprovider::text AS locale_provider,
  coalesce(d.datlocale, '') AS locale,
  current_setting('max_locks_per_transaction')::integer AS max_locks_per_transaction,
  current_setting('wal_level') AS wal_level,
  session_user::text AS login
FROM pg_catalog.pg_database AS d
WHERE d.datname = current_database();

-- name: server_text_get :one
-- Whether letters beyond ASCII have case and similarity here.
SELECT
  (lower('Ä') = 'ä')::boolean AS folds_case,
  public.similarity('Московский университет', 'Университет Московский')::real AS similarity;

-- name: server_role_list :many
-- The roles of the system that the login may not act as.
SELECT n.role
FROM unnest(@roles::text[]) AS n (role)
WHERE
  NOT EXISTS (
    SELECT FROM pg_catalog.pg_roles AS r
    WHERE r.rolname = n.role AND pg_has_role(session_user, r.oid, 'MEMBER')
  )
ORDER BY n.role;

-- name: server_writable_list :many
-- Tables of the rooms that a role other than their owner could write without a function.
SELECT r.rolname::text AS role, (n.nspname || '.' || c.relname)::text AS table_name
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
CROSS JOIN pg_catalog.pg_roles AS r
WHERE
  n.nspname = ANY(@rooms::text[]) AND r.rolname = ANY(@roles::text[]) AND c.relkind IN ('r', 'p', 'm')
  AND has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
ORDER BY r.rolname, n.nspname, c.relname;

-- name: server_setting_list :many
-- What is in force of these settings.
SELECT
  lower(s.name) AS name,
  current_setting(s.name) AS value
FROM pg_catalog.pg_settings AS s
WHERE lower(s.name) = ANY(@names::text[])
ORDER BY s.name;
