CREATE OR REPLACE FUNCTION nexus.list_statements(_croids uuid[])
RETURNS TABLE (
  subject_croid uuid, relation_type text, object_key uuid, object_scheme text, object_value text,
  by_subject smallint, by_object smallint, by_nexus smallint
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH named AS (
    SELECT c.croid, c.relation_type, t.inverse, c.scheme, c.value, s.bit, c.is_ours,
           o.croid AS object_croid,
           o.croid IS NOT NULL AND (
             NOT t.is_stored OR (t.inverse = t.relation_type AND o.croid < c.croid)
           ) AS is_turned
    FROM nexus.list_claims(_croids) AS c
    JOIN nexus.relation_type AS t ON t.relation_type = c.relation_type
    JOIN nexus.source AS s ON s.source = c.source
    LEFT JOIN LATERAL (
      SELECT coalesce(i.redirect_to, i.croid) AS croid
      FROM catalog.ident AS i WHERE i.croid = c.target_croid AND i.is_live
    ) AS g ON true
    -- What was merged leads to its survivor, what was deleted to what is left of it.
    LEFT JOIN LATERAL (
      SELECT coalesce(i.redirect_to, i.croid) AS croid
      FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
      WHERE d.scheme = c.scheme AND d.value = c.value AND i.is_live AND g.croid IS NULL
      ORDER BY i.revision_id IS NULL AND i.redirect_to IS NULL, 1 LIMIT 1
    ) AS n ON true
    CROSS JOIN LATERAL (SELECT coalesce(g.croid, n.croid)) AS o (croid)
    WHERE o.croid IS DISTINCT FROM c.croid
  )
  SELECT CASE WHEN n.is_turned THEN n.object_croid ELSE n.croid END AS subject_croid,
         CASE WHEN n.is_turned THEN n.inverse ELSE n.relation_type END AS relation_type,
         CASE WHEN n.is_turned THEN n.croid
              ELSE coalesce(n.object_croid, nexus.key_of(n.scheme, n.value)) END AS object_key,
         CASE WHEN n.object_croid IS NULL THEN n.scheme END AS object_scheme,
         CASE WHEN n.object_croid IS NULL THEN n.value END AS object_value,
         bit_or(CASE WHEN n.is_turned OR n.is_ours THEN 0 ELSE n.bit END)::smallint,
         bit_or(CASE WHEN n.is_turned AND NOT n.is_ours THEN n.bit ELSE 0 END)::smallint,
         bit_or(CASE WHEN n.is_ours THEN n.bit ELSE 0 END)::smallint
  FROM named AS n
  GROUP BY 1, 2, 3, 4, 5;
$$;
COMMENT ON FUNCTION nexus.list_statements(uuid[]) IS 'The rows of nexus.relation that the current bodies of these objects ask for, each once, in the direction in which it is stored.';
