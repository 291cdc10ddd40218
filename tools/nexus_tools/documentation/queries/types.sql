SELECT
  n.nspname,
  t.typname,
  coalesce(
    (
      SELECT pg_catalog.string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
      FROM pg_catalog.pg_enum AS e
      WHERE e.enumtypid = t.oid
    ),
    CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
    (
      SELECT
        pg_catalog.string_agg(
          a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum
        )
      FROM pg_catalog.pg_attribute AS a
      WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    )
  ),
  pg_catalog.obj_description(t.oid, 'pg_type')
FROM pg_catalog.pg_type AS t
INNER JOIN pg_catalog.pg_namespace AS n ON t.typnamespace = n.oid
LEFT JOIN pg_catalog.pg_class AS c ON t.typrelid = c.oid
WHERE
  (t.typtype IN ('e', 'd') OR c.relkind = 'c')
  AND n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
ORDER BY n.nspname, t.typname
