CREATE OR REPLACE FUNCTION catalog.lock_idents(_editgroup_id uuid)
RETURNS uuid[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _croids uuid[];
  _touched uuid[];
BEGIN
  SELECT array_agg(e.croid ORDER BY e.croid),
         array_agg(e.croid) || array_agg(e.redirect_to) FILTER (WHERE e.redirect_to IS NOT NULL)
         || array_agg(e.previous_redirect_to) FILTER (WHERE e.previous_redirect_to IS NOT NULL)
  INTO _croids, _touched
  FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id;
  -- One statement in croid order: chunks, even sorted ones, can deadlock with each other.
  PERFORM FROM (
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.croid = ANY (_touched) ORDER BY i.croid FOR NO KEY UPDATE
  ) AS locked;
  RETURN coalesce(_croids, '{}');
END
$$;
COMMENT ON FUNCTION catalog.lock_idents(uuid) IS 'Lock the objects an editgroup touches, with their old and new redirect targets, in croid order; returns those it edits.';
