CREATE OR REPLACE FUNCTION nauvis.hold_deposited(_editor_id uuid, _doi text, _croid uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _foreign CONSTANT text[] := nauvis.list_foreign(_editor_id, ARRAY[_doi]);
BEGIN
  IF _foreign <> '{}' THEN
    PERFORM platform.raise_error('not-your-prefix', array_to_string(_foreign, ', '));
  END IF;
  PERFORM croid.lock(ARRAY[_croid]);
  PERFORM nauvis.check_settled(_croid, _doi);
END
$$;
COMMENT ON FUNCTION nauvis.hold_deposited(uuid, text, uuid) IS 'Lock an object until commit for whoever may deposit it and wants to start from what was deposited last; refused while a deposit of it waits for its verdict.';
