-- SET search_path = pg_catalog, pg_temp: it runs with its owner's rights
SELECT 'function ' || p.oid::regprocedure::text AS object
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND p.prosecdef
  AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY(p.proconfig), false)
ORDER BY 1
