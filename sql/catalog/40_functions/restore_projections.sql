CREATE OR REPLACE FUNCTION catalog.restore_projections(_after uuid, _limit integer)
RETURNS uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _croids CONSTANT uuid[] := ARRAY(
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.croid > _after AND i.revision_id IS NOT NULL ORDER BY i.croid LIMIT _limit
  );
BEGIN
  IF _croids <> '{}' THEN
    PERFORM catalog.project(_croids);
    -- Both commit or neither does: whoever derives from the catalogue derives from this as well.
    PERFORM platform.announce('accepted', _croids, (SELECT c.index FROM catalog.clock AS c));
  END IF;
  RETURN _croids[cardinality(_croids)];
END
$$;
COMMENT ON FUNCTION catalog.restore_projections(uuid, integer) IS 'Rebuild the live rows of the next so many objects after one, and announce them; returns the last of them, or NULL after the end.';
