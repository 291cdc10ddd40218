CREATE OR REPLACE FUNCTION catalog.project(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _kind catalog.kind;
BEGIN
  FOR _kind IN SELECT DISTINCT i.kind FROM catalog.ident AS i WHERE i.croid = ANY (_croids) LOOP
    CASE _kind
      WHEN 'release' THEN
        PERFORM catalog.project_identifiers(_kind, _croids);
        PERFORM catalog.project_releases(_croids);
      WHEN 'organisation' THEN
        PERFORM catalog.project_identifiers(_kind, _croids);
        PERFORM catalog.project_organisations(_croids);
      ELSE NULL; -- other kinds have no projection
    END CASE;
  END LOOP;
END
$$;
COMMENT ON FUNCTION catalog.project(uuid[]) IS 'Rebuild the identifiers and the typed projections of these objects from their current revisions.';
