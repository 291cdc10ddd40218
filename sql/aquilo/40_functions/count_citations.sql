CREATE OR REPLACE FUNCTION aquilo.count_citations(_croids uuid[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM aquilo.cited AS c
  WHERE c.croid = ANY (_croids)
    AND NOT EXISTS (SELECT FROM aquilo.document AS d WHERE d.croid = c.croid);
  INSERT INTO aquilo.cited AS c (croid, cited_by_count)
  SELECT t.croid, (SELECT count(DISTINCT b.croid) FROM catalog.reference AS b WHERE b.doi = t.doi)
  FROM (
    SELECT r.croid, r.doi FROM catalog.release AS r WHERE r.croid = ANY (_croids)
    UNION
    SELECT r.croid, r.doi FROM catalog.reference AS f
    JOIN catalog.release AS r ON r.doi = f.doi WHERE f.croid = ANY (_croids)
    UNION
    -- What an earlier revision cited, and this one may not.
    SELECT r.croid, r.doi
    FROM catalog.part AS p
    JOIN catalog.ident AS i ON i.croid = p.croid
    LEFT JOIN catalog.revision AS v ON v.croid = i.croid AND v.revision_id = i.revision_id
    CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    JOIN catalog.release AS r ON r.doi = aquilo.fold_value('doi', e.element ->> 'DOI')
    WHERE p.croid = ANY (_croids) AND p.member = 'reference'
      AND (v.revision_id IS NULL OR p.sha256 <> ALL (v.parts))
  ) AS t
  JOIN aquilo.document AS d ON d.croid = t.croid
  -- In one order, so that two batches that cite the same works wait for each other and go on.
  ORDER BY t.croid
  ON CONFLICT (croid) DO UPDATE SET cited_by_count = excluded.cited_by_count
  WHERE c.cited_by_count <> excluded.cited_by_count;
END
$$;
COMMENT ON FUNCTION aquilo.count_citations(uuid[]) IS 'Count anew how often these objects, what they cite and what they cited before are cited.';
