-- name tables in the singular
SELECT 'table ' || c.oid::regclass::text AS object
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND c.relkind IN ('r', 'p')
  AND c.relname ~ 's$'
  AND c.relname !~ '(ss|us|is|series|alias|canvas|lens)$'
ORDER BY 1
