CREATE OR REPLACE FUNCTION catalog.return_identifiers(
  _croids uuid[], _schemes text[], _values text[], _holders uuid[]
)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  WITH returned AS (
    UPDATE croid.identifier AS d
    SET croid = m.croid
    FROM catalog.ident AS m
    WHERE d.croid = ANY (_croids) AND d.is_unique AND m.redirect_to = d.croid
      AND (d.scheme, d.value, d.croid) NOT IN (
        SELECT w.scheme, w.value, w.croid
        FROM unnest(_schemes, _values, _holders) AS w (scheme, value, croid)
      )
      AND EXISTS (
        SELECT FROM (
          SELECT e.revision_id FROM catalog.edit AS e
          JOIN catalog.changelog AS c ON c.editgroup_id = e.editgroup_id
          WHERE e.croid = m.croid AND e.revision_id IS NOT NULL ORDER BY c.index DESC LIMIT 1
        ) AS last
        JOIN catalog.revision AS r ON r.croid = m.croid AND r.revision_id = last.revision_id
        CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS l
        WHERE l.scheme = d.scheme AND l.value = d.value
      )
    RETURNING old.scheme, old.value, old.croid
  )
  INSERT INTO croid.former_identifier (scheme, value, croid)
  SELECT r.scheme, r.value, r.croid FROM returned AS r ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION catalog.return_identifiers(uuid[], text[], text[], uuid[]) IS 'Give identifiers that these objects claim no longer back to those merged into them that had them, so that they go on leading to the survivor.';
