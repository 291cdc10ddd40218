-- verb_noun, without the room's name: the schema says the room, take_lease and not lease_take
SELECT 'function ' || p.oid::regprocedure::text AS object
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND (
    pg_catalog.starts_with(p.proname, n.nspname || '_')
    OR p.proname !~ '^[a-z][a-z0-9_]*$'
    OR EXISTS (
      SELECT FROM pg_catalog.pg_class AS c
      WHERE
        c.relnamespace = n.oid
        AND c.relkind IN ('r', 'p')
        AND pg_catalog.starts_with(p.proname, c.relname || '_')
    )
  )
ORDER BY 1
