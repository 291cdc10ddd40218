CREATE OR REPLACE FUNCTION catalog.loosen_identifiers(
  _schemes text[], _values text[], _claimants uuid[]
)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _holders uuid[];
BEGIN
  -- Who holds one and is being changed by somebody else at this moment keeps it.
  SELECT array_agg(o.croid) INTO _holders
  FROM (
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.is_live AND i.revision_id IS NULL AND i.croid IN (
      SELECT d.croid FROM unnest(_schemes, _values) AS w (scheme, value)
      JOIN croid.identifier AS d ON d.scheme = w.scheme AND d.value = w.value
    )
    ORDER BY i.croid FOR NO KEY UPDATE SKIP LOCKED
  ) AS o;
  WITH freed AS (
    DELETE FROM croid.identifier AS d
    USING unnest(_schemes, _values, _claimants) AS w (scheme, value, claimant), catalog.ident AS o
    WHERE d.scheme = w.scheme AND d.value = w.value AND d.croid = ANY (_holders)
      AND d.croid <> w.claimant AND o.croid = d.croid
      AND (o.redirect_to IS NULL OR o.redirect_to = w.claimant)
    RETURNING d.scheme, d.value, d.croid
  )
  INSERT INTO croid.former_identifier (scheme, value, croid)
  SELECT f.scheme, f.value, f.croid FROM freed AS f ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION catalog.loosen_identifiers(text[], text[], uuid[]) IS 'Take identifiers from objects that were deleted, or merged into the one that claims them now.';
