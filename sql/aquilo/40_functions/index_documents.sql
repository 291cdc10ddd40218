CREATE OR REPLACE FUNCTION aquilo.index_documents(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM aquilo.document AS d
  WHERE d.croid = ANY (_croids)
    AND NOT EXISTS (SELECT FROM catalog.release AS r WHERE r.croid = d.croid);
  INSERT INTO aquilo.document AS d (croid, search)
  SELECT r.croid,
         setweight(to_tsvector('simple', coalesce(r.title, '')), 'A')
         || setweight(to_tsvector('simple', coalesce(c.names, '')), 'B')
         || setweight(to_tsvector('simple', concat_ws(
           ' ', r.container_title, r.publisher, r.issued_year, r.doi, array_to_string(r.issn, ' ')
         )), 'C')
  FROM catalog.release AS r
  LEFT JOIN (
    SELECT n.croid, string_agg(
      concat_ws(' ', n.given_name, n.family_name, n.display_name), ' ' ORDER BY n.position
    ) AS names
    FROM catalog.contributor AS n WHERE n.croid = ANY (_croids) GROUP BY n.croid
  ) AS c ON c.croid = r.croid
  WHERE r.croid = ANY (_croids)
  ORDER BY r.croid
  ON CONFLICT (croid) DO UPDATE SET search = excluded.search WHERE d.search <> excluded.search;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION aquilo.index_documents(uuid[]) IS 'Bring the search documents of these objects up to date with the catalogue.';
