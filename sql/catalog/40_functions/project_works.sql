CREATE OR REPLACE FUNCTION catalog.project_works(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.work AS d WHERE d.croid = ANY (_croids);
  INSERT INTO catalog.work (croid)
  SELECT i.croid FROM catalog.ident AS i
  WHERE i.croid = ANY (_croids) AND i.revision_id IS NOT NULL;
END
$$;
COMMENT ON FUNCTION catalog.project_works(uuid[]) IS 'Rebuild the rows of these works from their current revisions.';
