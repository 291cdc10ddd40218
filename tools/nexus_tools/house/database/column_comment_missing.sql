-- write COMMENT ON COLUMN: its type (json, bytea, an array) does not tell its shape
SELECT 'column ' || c.oid::regclass::text || '.' || a.attname AS object
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_catalog.pg_type AS t ON a.atttypid = t.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND (t.typname IN ('json', 'jsonb', 'bytea', 'hstore') OR t.typcategory = 'A')
  AND a.attname !~ '(^|_)(hash|sha256)$'
  AND pg_catalog.col_description(c.oid, a.attnum) IS NULL
ORDER BY 1
