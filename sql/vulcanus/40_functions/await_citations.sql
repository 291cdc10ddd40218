CREATE OR REPLACE FUNCTION vulcanus.await_citations(_croids uuid[], _queries text)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM vulcanus.awaited_citation AS a WHERE a.croid = ANY (_croids);
  INSERT INTO vulcanus.awaited_citation (croid, keys)
  SELECT q.croid, array_agg(DISTINCT hashtext(k.key))
  FROM jsonb_to_recordset(_queries::jsonb) AS q (
    croid uuid, text text, surnames text[], years integer[], volumes text[], pages text[]
  )
  CROSS JOIN LATERAL (
    -- Of the words the longest: they are the rarest.
    SELECT u.key FROM (
      SELECT c.key,
             row_number() OVER (PARTITION BY c.weight ORDER BY length(c.key) DESC, c.key) AS n
      FROM vulcanus.citation_keys(q.text, q.surnames[:2], q.years, q.volumes, q.pages) AS c
      WHERE c.weight <> 'B'
    ) AS u WHERE u.n <= 4
  ) AS k
  WHERE q.croid = ANY (_croids)
  GROUP BY q.croid;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.await_citations(uuid[], text) IS 'Note what the unresolved references of these releases wait for, in place of what was noted before; returns how many wait.';
