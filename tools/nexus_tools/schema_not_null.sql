-- The columns of tables that are never null.
SELECT
  a.attrelid::bigint AS relation,
  a.attnum::integer AS column_no
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
WHERE a.attnotnull AND a.attnum > 0 AND c.relkind IN ('r', 'p');
