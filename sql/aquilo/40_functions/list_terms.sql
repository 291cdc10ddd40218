CREATE OR REPLACE FUNCTION aquilo.list_terms(_body jsonb)
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT coalesce(array_agg(DISTINCT f.term), '{}')
  FROM (
    SELECT CASE
      WHEN t.form = 'flag' THEN t.term
      WHEN jsonb_typeof(v.value) IN ('string', 'number')
        THEN t.term || '=' || aquilo.fold_value(t.form, v.value #>> '{}')
    END AS term
    FROM aquilo.term AS t
    CROSS JOIN LATERAL jsonb_path_query(_body, t.path, '{}', true) AS v (value)
    WHERE _body ? t.member AND NOT t.is_grouped
    UNION ALL
    SELECT c.term
    FROM (
      SELECT array_agg(t.term || '=' || aquilo.fold_value(t.form, v.value #>> '{}') ORDER BY t.term)
        FILTER (WHERE aquilo.fold_value(t.form, v.value #>> '{}') IS NOT NULL) AS terms
      FROM aquilo.term AS t
      CROSS JOIN LATERAL catalog.list_elements(_body -> t.member) AS e
      CROSS JOIN LATERAL jsonb_path_query_first(e.element, t.path, '{}', true) AS v (value)
      WHERE _body ? t.member AND t.is_grouped
      GROUP BY t.member, e.place
    ) AS g
    CROSS JOIN LATERAL aquilo.combine_terms(g.terms) AS c (term)
  ) AS f
  WHERE f.term IS NOT NULL;
$$;
COMMENT ON FUNCTION aquilo.list_terms(jsonb) IS 'What a prepared body is filtered and counted by: flags as has-orcid, values as type=journal-article.';
