-- write COMMENT ON it: one sentence, the promise
WITH ours AS (
  SELECT n.oid, n.nspname
  FROM pg_catalog.pg_namespace AS n
  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
),

described AS (
  SELECT 'schema ' || ours.nspname AS object, ours.oid, 'pg_namespace'::regclass AS catalogue
  FROM ours
  UNION ALL
  SELECT
    CASE c.relkind WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' ELSE 'table or view ' END
    || c.oid::regclass::text,
    c.oid,
    'pg_class'::regclass
  FROM pg_catalog.pg_class AS c
  INNER JOIN ours ON c.relnamespace = ours.oid
  WHERE
    c.relname <> 'alembic_version'
    AND NOT c.relispartition
    AND (
      c.relkind IN ('r', 'p', 'v', 'm', 'f')
      OR (
        c.relkind IN ('i', 'I')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = c.oid)
      )
    )
  UNION ALL
  SELECT 'function ' || p.oid::regprocedure::text, p.oid, 'pg_proc'::regclass
  FROM pg_catalog.pg_proc AS p
  INNER JOIN ours ON p.pronamespace = ours.oid
  UNION ALL
  SELECT 'type ' || t.oid::regtype::text, t.oid, 'pg_type'::regclass
  FROM pg_catalog.pg_type AS t
  INNER JOIN ours ON t.typnamespace = ours.oid
  LEFT JOIN pg_catalog.pg_class AS c ON t.typrelid = c.oid
  WHERE t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
)

SELECT d.object
FROM described AS d
WHERE pg_catalog.obj_description(d.oid, d.catalogue::regclass::text) IS NULL
ORDER BY d.object
