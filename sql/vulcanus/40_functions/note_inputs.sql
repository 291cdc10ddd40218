CREATE OR REPLACE FUNCTION vulcanus.note_inputs(_croids uuid[], _index bigint)
RETURNS integer
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH noted AS (
    UPDATE vulcanus.strategy AS s
    SET inputs_index = _index
    WHERE s.inputs_index < _index AND s.matches_against IN (
      SELECT i.kind FROM catalog.ident AS i WHERE i.croid = ANY (_croids)
    )
    RETURNING 1
  )
  SELECT count(*)::integer FROM noted;
$$;
COMMENT ON FUNCTION vulcanus.note_inputs(uuid[], bigint) IS 'Let the strategies that match against these objects know that they changed; their older layers are stale from then on.';
