CREATE OR REPLACE FUNCTION catalog.reproject(_croids uuid[])
RETURNS TABLE (croid uuid, problem text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _half CONSTANT integer := cardinality(_croids) / 2;
BEGIN
  PERFORM catalog.project(_croids);
EXCEPTION WHEN OTHERS THEN
  IF _half = 0 THEN
    RETURN QUERY SELECT _croids[1], SQLERRM;
  ELSE
    RETURN QUERY SELECT * FROM catalog.reproject(_croids[:_half]);
    RETURN QUERY SELECT * FROM catalog.reproject(_croids[_half + 1:]);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.reproject(uuid[]) IS 'Rebuild the projections of these objects, of each that it works for; returns the others with the reason.';
