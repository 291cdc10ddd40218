CREATE OR REPLACE FUNCTION vulcanus.index_citables(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM vulcanus.citable AS d
  WHERE d.croid = ANY (_croids)
    AND NOT EXISTS (SELECT FROM catalog.release AS r WHERE r.croid = d.croid AND r.doi IS NOT NULL);
  INSERT INTO vulcanus.citable AS d (croid, surnames, first_page, keys, title_key)
  SELECT r.croid, coalesce(c.surnames, '{}'), p.page, k.keys, t.key
  FROM catalog.release AS r
  LEFT JOIN (
    SELECT n.croid, (array_agg(
      coalesce(n.family_name, n.display_name)
      ORDER BY n.member <> 'author', n.member, n.position
    ))[:20] AS surnames
    FROM catalog.contributor AS n
    WHERE n.croid = ANY (_croids) AND coalesce(n.family_name, n.display_name) IS NOT NULL
    GROUP BY n.croid
  ) AS c ON c.croid = r.croid
  CROSS JOIN LATERAL (
    SELECT vulcanus.citation_number(split_part(translate(r.page, '–—‐,;/ ', '-------'), '-', 1)),
           vulcanus.citation_number(r.volume)
  ) AS p (page, volume)
  CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(g.key || ':1' || g.weight, ' '), '')::tsvector
    FROM vulcanus.citation_keys(
      r.title, c.surnames, ARRAY[r.issued_year], ARRAY[p.volume], ARRAY[p.page]
    ) AS g
  ) AS k (keys)
  CROSS JOIN LATERAL (
    SELECT CASE WHEN cardinality(w.words) > 3 THEN hashtext(array_to_string(w.words, ' ')) END
    FROM (SELECT vulcanus.citation_words(r.title) AS words OFFSET 0) AS w
  ) AS t (key)
  WHERE r.croid = ANY (_croids) AND r.doi IS NOT NULL
  ORDER BY r.croid
  ON CONFLICT (croid) DO UPDATE SET
    surnames = excluded.surnames, first_page = excluded.first_page, keys = excluded.keys,
    title_key = excluded.title_key
  WHERE (d.keys, d.surnames, d.first_page, d.title_key)
    IS DISTINCT FROM (excluded.keys, excluded.surnames, excluded.first_page, excluded.title_key);
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.index_citables(uuid[]) IS 'Bring what references find these releases by up to date with the catalogue; returns how many changed.';
