CREATE OR REPLACE FUNCTION vulcanus.propose_organisations(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _examined CONSTANT uuid[] := ARRAY(
    SELECT o.croid FROM catalog.organisation AS o WHERE o.croid = ANY (_croids)
  );
  _count integer;
BEGIN
  IF _examined = '{}' THEN
    RETURN 0;
  END IF;
  WITH told AS (
    SELECT u.* FROM fulgora.unmerged_organisation AS u WHERE u.croid = ANY (_examined)
    UNION
    SELECT u.* FROM fulgora.unmerged_organisation AS u WHERE u.same_croid = ANY (_examined)
  ),
  paired AS (
    SELECT DISTINCT ON (1, 2)
      greatest(t.croid, t.same_croid) AS croid, least(t.croid, t.same_croid) AS into_croid,
      jsonb_build_object(
        'source', t.source, 'key', t.key, 'release', t.release_no, 'scheme', t.scheme, 'value', t.value,
        'names', jsonb_build_array(a.name, b.name)
      ) AS evidence
    FROM told AS t
    JOIN catalog.organisation AS a ON a.croid = t.croid
    JOIN catalog.organisation AS b ON b.croid = t.same_croid
    ORDER BY 1, 2, t.source, t.key
  )
  SELECT vulcanus.propose_merges(
    _examined, coalesce(array_agg(p.croid), '{}'), coalesce(array_agg(p.into_croid), '{}'),
    coalesce(array_agg('identifier in a row of a source'::text), '{}'),
    coalesce(array_agg(0.95::real), '{}'), coalesce(array_agg(p.evidence::text), '{}')
  ) INTO _count FROM paired AS p;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.propose_organisations(uuid[]) IS 'Propose to merge those of these organisations that a row of a source says are one with another that is here; returns how many pairs.';
