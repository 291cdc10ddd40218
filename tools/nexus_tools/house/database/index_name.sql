-- name it <table>_<columns>_idx, and say in its comment which query it serves
SELECT 'index ' || i.oid::regclass::text AS object
FROM pg_catalog.pg_index AS x
INNER JOIN pg_catalog.pg_class AS i ON x.indexrelid = i.oid
INNER JOIN pg_catalog.pg_class AS t ON x.indrelid = t.oid
INNER JOIN pg_catalog.pg_namespace AS n ON i.relnamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND NOT t.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = i.oid)
  AND NOT (pg_catalog.starts_with(i.relname, t.relname || '_') AND i.relname ~ '_idx$')
ORDER BY 1
