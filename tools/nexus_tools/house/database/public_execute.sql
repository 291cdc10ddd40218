-- REVOKE EXECUTE FROM PUBLIC and grant it by name in 70_grants.sql
SELECT 'function ' || p.oid::regprocedure::text AS object
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) AS acl
WHERE
  n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
  AND p.prosecdef
  AND acl.grantee = 0
ORDER BY 1
