CREATE OR REPLACE FUNCTION catalog.digest_projections(_after uuid, _until uuid)
RETURNS TABLE (croid uuid, digest bytea)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _lines text;
BEGIN
  SELECT string_agg(format(
    'SELECT t.croid, %L || t::text AS line FROM %s AS t WHERE t.croid > $1 AND t.croid <= $2',
    p.name || ' ', p.name
  ), ' UNION ALL ')
  INTO _lines FROM catalog.list_projections() AS p (name);
  RETURN QUERY EXECUTE format(
    'SELECT x.croid, sha256(convert_to(string_agg(x.line, E''\n'' ORDER BY x.line COLLATE "C"), ''UTF8''))
     FROM (%s UNION ALL
       SELECT d.croid, concat_ws('' '', ''croid.identifier'', d.scheme, d.value, d.kind) AS line
       FROM croid.identifier AS d
       LEFT JOIN catalog.ident AS i ON i.croid = d.croid
       WHERE d.croid > $1 AND d.croid <= $2 AND i.is_live
         -- Who came first keeps a claim, so what the content says does not decide who has it.
         AND NOT EXISTS (
           SELECT FROM catalog.revision AS r
           CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS l
           WHERE r.croid = i.croid AND r.revision_id = i.revision_id
             AND l.is_claim AND l.scheme = d.scheme AND l.value = d.value
         )
     ) AS x GROUP BY x.croid', _lines
  ) USING _after, _until;
END
$$;
COMMENT ON FUNCTION catalog.digest_projections(uuid, uuid) IS 'For each object of a range, after the first to the second, what its projected rows and identifiers say, in 32 bytes; objects without any are left out.';
