CREATE OR REPLACE FUNCTION vulcanus.list_kin(_croids uuid[])
RETURNS TABLE (croid uuid, other uuid, relation_type text)
LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT c.croid, r.croid, c.relation_type
  FROM vulcanus.version_claim AS c JOIN catalog.release AS r ON r.doi = c.doi
  WHERE c.croid = ANY (_croids) AND r.croid <> c.croid
  UNION
  SELECT r.croid, c.croid, t.inverse
  FROM catalog.release AS r
  JOIN vulcanus.version_claim AS c ON c.doi = r.doi
  JOIN nexus.relation_type AS t ON t.relation_type = c.relation_type
  WHERE r.croid = ANY (_croids) AND r.croid <> c.croid
  UNION
  SELECT a.croid, b.croid, NULL
  FROM vulcanus.citable AS a
  CROSS JOIN LATERAL (
    -- Mastheads and the like share a title by the hundred, and are no kin.
    SELECT array_agg(k.croid) AS croids FROM (
      SELECT o.croid FROM vulcanus.citable AS o WHERE o.title_key = a.title_key LIMIT 21
    ) AS k
  ) AS k
  CROSS JOIN LATERAL unnest(k.croids) AS b (croid)
  WHERE a.croid = ANY (_croids) AND cardinality(k.croids) <= 20 AND b.croid <> a.croid;
$$;
COMMENT ON FUNCTION vulcanus.list_kin(uuid[]) IS 'Other releases that these name as versions, that name these so (seen from these), or that have the same title (no relation type).';
