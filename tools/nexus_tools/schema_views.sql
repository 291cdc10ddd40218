-- The columns of every view and materialized view of a schema that is not the system's own.
SELECT
  c.oid::bigint AS relation,
  n.nspname::text AS schema_name,
  c.relname::text AS view_name,
  pg_catalog.pg_get_viewdef(c.oid) AS definition,
  a.attnum::integer AS column_no,
  pg_catalog.quote_ident(a.attname) AS column_name,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS column_type
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_catalog.pg_attribute AS a ON c.oid = a.attrelid
WHERE
  c.relkind IN ('v', 'm')
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY c.oid, a.attnum;
