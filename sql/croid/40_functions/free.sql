CREATE OR REPLACE FUNCTION croid.free(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM croid.identifier AS d
  WHERE d.croid = ANY (_croids)
    AND NOT EXISTS (SELECT FROM catalog.ident AS i WHERE i.croid = d.croid AND i.is_live);
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION croid.free(uuid[]) IS 'Give up the identifiers reserved for objects that never became live; returns how many.';
