CREATE OR REPLACE FUNCTION vulcanus.find_citables(_queries text, _limit integer)
RETURNS TABLE (
  n integer, croid uuid, doi text, title text, surnames text[], container_title text,
  issued_year integer, volume text, issue text, first_page text, type text, rank real
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off
AS $$
BEGIN
  RETURN QUERY
  SELECT q.n::integer, f.croid, r.doi, r.title, f.surnames, r.container_title, r.issued_year,
         r.volume, r.issue, f.first_page, r.type, f.rank
  FROM jsonb_to_recordset(_queries::jsonb) AS q (
    n integer, text text, surnames text[], years integer[], volumes text[], pages text[],
    dois text[]
  )
  CROSS JOIN LATERAL (
    SELECT string_agg(k.key, ' | ')::tsquery AS query
    FROM vulcanus.citation_keys(q.text, q.surnames, q.years, q.volumes, q.pages) AS k
  ) AS k
  CROSS JOIN LATERAL (
    (
      SELECT c.croid, c.surnames, c.first_page,
             ts_rank('{0.1,0.3,0.5,1}', c.keys, k.query) AS rank
      FROM vulcanus.citable AS c WHERE c.keys @@ k.query
      ORDER BY 4 DESC, c.croid LIMIT _limit
    )
    UNION
    SELECT c.croid, c.surnames, c.first_page, 0::real
    FROM catalog.release AS d JOIN vulcanus.citable AS c ON c.croid = d.croid
    WHERE d.doi = ANY (q.dois)
  ) AS f
  JOIN catalog.release AS r ON r.croid = f.croid;
END
$$;
COMMENT ON FUNCTION vulcanus.find_citables(text, integer) IS 'Of each query, an object {n, text, surnames, years, volumes, pages, dois} of a JSON array, the releases that share most of its keys.';
