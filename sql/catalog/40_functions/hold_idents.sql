CREATE OR REPLACE FUNCTION catalog.hold_idents(_croids uuid[])
RETURNS TABLE (croid uuid, kind catalog.kind, state catalog.state, revision_id uuid)
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT i.croid, i.kind, i.state, i.revision_id
  FROM catalog.ident AS i WHERE i.croid = ANY (_croids) ORDER BY i.croid FOR NO KEY UPDATE;
$$;
COMMENT ON FUNCTION catalog.hold_idents(uuid[]) IS 'The state of these objects, held against acceptance by others until the transaction ends.';
