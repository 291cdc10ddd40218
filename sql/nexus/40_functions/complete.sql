CREATE OR REPLACE FUNCTION nexus.complete(_croids uuid[], _editgroup_id uuid)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  WITH found AS MATERIALIZED (
    SELECT DISTINCT ON (k.key) k.key, coalesce(i.redirect_to, i.croid) AS croid
    FROM catalog.ident AS i
    CROSS JOIN LATERAL (
      SELECT nexus.key_of(d.scheme, d.value) FROM croid.identifier AS d WHERE d.croid = i.croid
      UNION ALL
      SELECT nexus.key_of('croid', croid.encode(i.croid))
    ) AS k (key)
    WHERE i.croid = ANY (_croids) AND i.is_live
    ORDER BY k.key, i.revision_id IS NULL AND i.redirect_to IS NULL, 2
  ),
  ended AS (
    DELETE FROM nexus.relation AS r USING found AS f
    WHERE r.object_key = f.key AND r.object_value IS NOT NULL
    RETURNING r.subject_croid, r.relation_type, r.first_editgroup_id, r.by_subject, r.by_nexus,
              r.is_current, f.croid
  ),
  directed AS (
    SELECT e.*, t.inverse,
           NOT t.is_stored OR (
             t.inverse = t.relation_type AND e.croid < e.subject_croid
           ) AS is_turned
    FROM ended AS e JOIN nexus.relation_type AS t ON t.relation_type = e.relation_type
    WHERE e.croid <> e.subject_croid
  )
  INSERT INTO nexus.relation AS r (
    subject_croid, relation_type, object_key, first_editgroup_id, editgroup_id,
    by_subject, by_object, by_nexus, is_current
  )
  SELECT CASE WHEN d.is_turned THEN d.croid ELSE d.subject_croid END AS subject_croid,
         CASE WHEN d.is_turned THEN d.inverse ELSE d.relation_type END AS relation_type,
         CASE WHEN d.is_turned THEN d.subject_croid ELSE d.croid END AS object_key,
         (array_agg(d.first_editgroup_id ORDER BY d.first_editgroup_id))[1], _editgroup_id,
         bit_or(CASE WHEN d.is_turned THEN 0 ELSE d.by_subject END)::smallint,
         bit_or(CASE WHEN d.is_turned THEN d.by_subject ELSE 0 END)::smallint,
         bit_or(d.by_nexus), d.is_current
  FROM directed AS d
  -- Of two names for one object the one that is still asserted counts.
  WHERE d.is_current OR NOT EXISTS (
    SELECT FROM directed AS o
    WHERE o.is_current AND o.croid = d.croid AND o.subject_croid = d.subject_croid
      AND d.relation_type IN (o.relation_type, o.inverse)
  )
  GROUP BY 1, 2, 3, d.is_current
  ORDER BY 1, 2, 3
  ON CONFLICT (subject_croid, relation_type, object_key) DO UPDATE SET
    editgroup_id = excluded.editgroup_id,
    is_current = r.is_current OR excluded.is_current,
    by_subject = CASE
      WHEN r.is_current = excluded.is_current THEN r.by_subject | excluded.by_subject
      WHEN r.is_current THEN r.by_subject ELSE excluded.by_subject END,
    by_object = CASE WHEN r.is_current = excluded.is_current THEN r.by_object | excluded.by_object
      WHEN r.is_current THEN r.by_object ELSE excluded.by_object END,
    by_nexus = CASE WHEN r.is_current = excluded.is_current THEN r.by_nexus | excluded.by_nexus
      WHEN r.is_current THEN r.by_nexus ELSE excluded.by_nexus END;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION nexus.complete(uuid[], uuid) IS 'Give the relations that wait for an identifier of one of these objects their other end; returns how many were completed.';
