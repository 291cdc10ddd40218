CREATE OR REPLACE FUNCTION catalog.free_unborn(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _unborn uuid[];
BEGIN
  WITH removed AS (
    DELETE FROM catalog.ident AS i
    WHERE i.croid = ANY (_croids) AND NOT i.is_live AND NOT EXISTS (
      SELECT FROM catalog.edit AS e
      JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
      WHERE e.croid = i.croid AND g.status IN ('open', 'submitted')
    )
    RETURNING i.croid
  )
  SELECT coalesce(array_agg(r.croid), '{}') INTO _unborn FROM removed AS r;
  PERFORM croid.free(_unborn);
  RETURN cardinality(_unborn);
END
$$;
COMMENT ON FUNCTION catalog.free_unborn(uuid[]) IS 'Forget those of these objects that never became live and that no editgroup proposes any more, and give up what was reserved for them; returns how many.';
