SELECT
  n.nspname,
  c.relname,
  CASE WHEN c.relkind IN ('r', 'p') THEN 'table' ELSE 'view' END,
  pg_catalog.obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND c.relname <> 'alembic_version'
ORDER BY n.nspname, c.relname
