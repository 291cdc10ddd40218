CREATE OR REPLACE FUNCTION aquilo.count_term(_terms text[], _since date)
RETURNS TABLE (total bigint, current bigint, by_year jsonb)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT
    coalesce(sum(y.work_count), 0)::bigint, coalesce(sum(y.current), 0)::bigint,
    coalesce(jsonb_agg(jsonb_build_array(y.year, y.work_count) ORDER BY y.year DESC)
      FILTER (WHERE y.year IS NOT NULL), '[]')
  FROM (
    SELECT
      CASE WHEN d.issued_on > '-infinity' THEN extract(YEAR FROM d.issued_on)::integer END AS year,
      count(*) AS work_count, count(*) FILTER (WHERE d.issued_on >= _since) AS current
    FROM aquilo.document AS d WHERE d.terms && _terms GROUP BY 1
  ) AS y;
$$;
COMMENT ON FUNCTION aquilo.count_term(text[], date) IS 'How many works have one of these terms, how many of them were issued since a day, and how many in each year.';
