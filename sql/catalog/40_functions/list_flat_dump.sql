CREATE OR REPLACE FUNCTION catalog.list_flat_dump(
  _kinds catalog.kind[], _objects_per_file integer, _is_tabular boolean
)
RETURNS TABLE (kind catalog.kind, n integer, copy_out text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
  WITH numbered AS (
    SELECT i.kind, i.croid,
           row_number() OVER (PARTITION BY i.kind ORDER BY i.croid) - 1 AS place
    FROM catalog.ident AS i WHERE i.state = 'active' AND i.kind = ANY (_kinds)
  ),
  bounded AS (
    SELECT m.kind, m.place / _objects_per_file AS n, m.croid AS first,
           lead(m.croid) OVER (PARTITION BY m.kind ORDER BY m.croid) AS next
    FROM numbered AS m WHERE m.place % _objects_per_file = 0
  )
  SELECT u.kind, u.n::integer,
         format(
           'COPY (SELECT %s FROM catalog.ident AS i'
           ' JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id'
           ' CROSS JOIN LATERAL catalog.join_body(r.croid, r.body, r.parts) AS j (body)'
           ' WHERE i.kind = %L AND i.state = %L'
           ' AND i.croid >= %L AND (%L::uuid IS NULL OR i.croid < %L) ORDER BY i.croid) TO STDOUT WITH (FORMAT csv%s)',
           CASE
             WHEN _is_tabular
               THEN 'croid.encode(i.croid), i.kind, i.revision_id, j.body'
             ELSE $line$'{"croid": "' || croid.encode(i.croid) || '", "kind": "' || i.kind
               || '", "revision": "' || i.revision_id || '", "record": '
               || j.body || '}'$line$
           END,
           u.kind, 'active', u.first, u.next, u.next,
           -- JSON has neither of these characters, so that its lines come out as they are.
           CASE WHEN _is_tabular THEN '' ELSE $csv$, DELIMITER E'\x02', QUOTE E'\x01'$csv$ END
         )
  FROM bounded AS u ORDER BY u.kind, u.n;
$body$;
COMMENT ON FUNCTION catalog.list_flat_dump(catalog.kind[], integer, boolean) IS 'The files of a dump of the live objects, so many to a file, and the statement that writes each: JSON lines, or four columns of CSV.';
