-- start the names of plpgsql locals with an underscore; a local named found would shadow FOUND
WITH bodies AS (
  SELECT
    p.oid,
    p.proargnames,
    pg_catalog.regexp_replace(p.prosrc, '--[^\n]*', '', 'g') AS body
  FROM pg_catalog.pg_proc AS p
  INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
  INNER JOIN pg_catalog.pg_language AS l ON p.prolang = l.oid
  WHERE
    n.nspname !~ '^pg_'
    AND n.nspname NOT IN ('information_schema', 'public', 'pgmq', 'procrastinate')
    AND l.lanname = 'plpgsql'
),

declared AS (
  SELECT
    b.oid,
    pg_catalog.substring(item, '^\s*(\w+)') AS local
  FROM bodies AS b
  CROSS JOIN LATERAL pg_catalog.regexp_matches(b.body, '\mDECLARE\M(.*?)\mBEGIN\M', 'gi') AS block (parts)
  CROSS JOIN LATERAL pg_catalog.regexp_split_to_table(block.parts[1], ';') AS item
  UNION
  SELECT
    b.oid,
    looped.parts[1]
  FROM bodies AS b
  CROSS JOIN LATERAL pg_catalog.regexp_matches(b.body, '\mFOR\s+(\w+)\s+IN\M', 'gi') AS looped (parts)
)

SELECT 'function ' || d.oid::regprocedure::text || ', local ' || d.local AS object
FROM declared AS d
INNER JOIN bodies AS b ON d.oid = b.oid
-- a loop may fill a column of RETURNS TABLE, which is a parameter
WHERE d.local !~ '^_' AND NOT coalesce(d.local = ANY(b.proargnames), false)
ORDER BY 1
