CREATE OR REPLACE FUNCTION nexus.list_asserters(_croids uuid[], _indexes bigint[])
RETURNS SETOF uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH edited AS MATERIALIZED (
    SELECT e.croid, e.previous_revision_id, e.previous_redirect_to
    FROM catalog.changelog AS l
    JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id AND e.croid = ANY (_croids)
    WHERE l.index = ANY (_indexes)
      AND (e.previous_revision_id IS NOT NULL OR e.previous_redirect_to IS NOT NULL)
  ),
  moved AS MATERIALIZED (
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.croid = ANY (_croids) AND i.redirect_to IS NOT NULL
    UNION
    SELECT e.previous_redirect_to FROM edited AS e WHERE e.previous_redirect_to IS NOT NULL
    UNION
    SELECT e.croid
    FROM edited AS e
    JOIN catalog.revision AS r ON r.croid = e.croid AND r.revision_id = e.previous_revision_id
    CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS n
    WHERE (
      EXISTS (SELECT FROM nexus.relation AS o WHERE o.object_key = e.croid)
      OR EXISTS (
        SELECT FROM nexus.relation AS o WHERE o.subject_croid = e.croid AND o.by_object <> 0
      )
    ) AND NOT EXISTS (
      SELECT FROM croid.identifier AS d
      WHERE d.scheme = n.scheme AND d.value = n.value AND d.croid = e.croid
    )
  )
  SELECT r.subject_croid
  FROM moved AS m JOIN nexus.relation AS r ON r.object_key = m.croid
  WHERE r.is_current AND (r.by_subject | r.by_nexus) <> 0
  UNION
  SELECT r.object_key
  FROM moved AS m JOIN nexus.relation AS r ON r.subject_croid = m.croid
  WHERE r.is_current AND r.by_object <> 0
  UNION
  -- What it said of the other half was said of itself, and so stood nowhere.
  SELECT e.previous_redirect_to FROM edited AS e WHERE e.previous_redirect_to IS NOT NULL;
$$;
COMMENT ON FUNCTION nexus.list_asserters(uuid[], bigint[]) IS 'The objects whose bodies name one of these by what leads elsewhere now: it was merged, or no longer is, or lost an identifier under one of these indexes.';
