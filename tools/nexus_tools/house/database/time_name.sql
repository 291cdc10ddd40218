-- a moment is timestamptz and its name ends in _at
SELECT 'column ' || c.oid::regclass::text || '.' || a.attname AS object
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND c.relkind IN ('r', 'p', 'v', 'm')
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND (
    a.atttypid = 'timestamp'::regtype
    OR (a.atttypid = 'timestamptz'::regtype AND a.attname !~ '(_at|^at)$')
  )
ORDER BY 1
