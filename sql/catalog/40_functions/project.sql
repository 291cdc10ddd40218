CREATE OR REPLACE FUNCTION catalog.project(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _kind catalog.kind;
  _these uuid[];
BEGIN
  FOR _kind, _these IN
    SELECT i.kind, array_agg(i.croid ORDER BY i.croid)
    FROM catalog.ident AS i WHERE i.croid = ANY (_croids) GROUP BY i.kind
  LOOP
    CASE _kind
      WHEN 'release' THEN
        PERFORM catalog.project_identifiers(_kind, _these);
        PERFORM catalog.project_releases(_these);
      WHEN 'organisation' THEN
        PERFORM catalog.project_identifiers(_kind, _these);
        PERFORM catalog.project_organisations(_these);
      WHEN 'work' THEN
        PERFORM catalog.project_works(_these);
      WHEN 'container' THEN
        PERFORM catalog.project_identifiers(_kind, _these);
        PERFORM catalog.project_containers(_these);
      WHEN 'creator' THEN
        PERFORM catalog.project_identifiers(_kind, _these);
        PERFORM catalog.project_creators(_these);
      WHEN 'file' THEN
        PERFORM catalog.project_files(_these);
      WHEN 'fileset' THEN
        PERFORM catalog.project_filesets(_these);
      WHEN 'webcapture' THEN
        PERFORM catalog.project_webcaptures(_these);
    END CASE;
  END LOOP;
END
$$;
COMMENT ON FUNCTION catalog.project(uuid[]) IS 'Rebuild the identifiers and the typed projections of these objects from their current revisions.';
