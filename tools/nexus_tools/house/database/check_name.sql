-- name the constraint as a sentence: CONSTRAINT redirect_has_no_revision CHECK (...)
SELECT 'constraint ' || k.conname || ' of ' || k.conrelid::regclass::text AS object
FROM pg_catalog.pg_constraint AS k
INNER JOIN pg_catalog.pg_class AS t ON k.conrelid = t.oid
INNER JOIN pg_catalog.pg_namespace AS n ON k.connamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND k.contype IN ('c', 'x')
  AND pg_catalog.starts_with(k.conname, t.relname || '_')
  AND k.conname ~ '_(check|excl)[0-9]*$'
ORDER BY 1
