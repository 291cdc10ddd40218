CREATE OR REPLACE FUNCTION aquilo.index_listed(_croids uuid[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO aquilo.listed (collection, id, name, detail, search)
  SELECT
    n.collection, n.id, left(n.name, 500), left(n.detail, 500),
    to_tsvector('simple', aquilo.fold_text(n.name))
  FROM (
    SELECT 'members' AS collection, substr(t.term, 8) AS id, r.publisher AS name, r.prefix AS detail
    FROM catalog.release AS r
    JOIN aquilo.document AS d ON d.croid = r.croid
    CROSS JOIN LATERAL unnest(d.terms) AS t (term)
    WHERE r.croid = ANY (_croids) AND t.term LIKE 'member=%'
    UNION
    SELECT 'prefixes', r.prefix, r.publisher, coalesce(substr(t.term, 8), '')
    FROM catalog.release AS r
    JOIN aquilo.document AS d ON d.croid = r.croid
    LEFT JOIN LATERAL unnest(d.terms) AS t (term) ON t.term LIKE 'member=%'
    WHERE r.croid = ANY (_croids)
    UNION
    SELECT 'funders', aquilo.fold_value('funder', f.funder_doi), f.funder_name, ''
    FROM catalog.funding AS f WHERE f.croid = ANY (_croids) AND f.funder_doi LIKE '10.13039/%'
    UNION
    SELECT 'journals', s.id, r.container_title, coalesce(r.publisher, '')
    FROM catalog.release AS r
    CROSS JOIN LATERAL (
      SELECT string_agg(DISTINCT aquilo.fold_value('issn', i.issn), ',') AS id
      FROM unnest(r.issn) AS i (issn)
    ) AS s
    WHERE r.croid = ANY (_croids) AND s.id IS NOT NULL
    UNION
    SELECT 'licenses', aquilo.fold_value('exact', l.url), '', ''
    FROM catalog.licence AS l WHERE l.croid = ANY (_croids) AND l.url IS NOT NULL
  ) AS n
  WHERE n.id IS NOT NULL AND n.name IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM aquilo.listed AS o
      WHERE o.collection = n.collection AND o.id = n.id AND o.name = left(n.name, 500)
        AND o.detail = left(n.detail, 500)
    )
  -- In one order, so that two batches that name the same wait for each other and go on.
  ORDER BY n.collection, n.id, n.name, n.detail
  ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION aquilo.index_listed(uuid[]) IS 'Note the members, prefixes, funders, journals and licences that these objects name.';
