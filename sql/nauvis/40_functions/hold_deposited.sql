CREATE OR REPLACE FUNCTION nauvis.hold_deposited(_editor_id uuid, _doi text, _croid uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _foreign CONSTANT text[] := nauvis.list_foreign(_editor_id, ARRAY[_doi]);
  _waits uuid;
BEGIN
  IF _foreign <> '{}' THEN
    PERFORM platform.raise_error('not-your-prefix', array_to_string(_foreign, ', '));
  END IF;
  PERFORM croid.lock(ARRAY[_croid]);
  SELECT r.deposit_id INTO _waits
  FROM nauvis.deposit_record AS r
  JOIN nauvis.deposit AS d
    ON d.deposit_id = r.deposit_id AND NOT d.is_test AND d.settled_at IS NULL
  LEFT JOIN nauvis.deposit_change AS c
    ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
  WHERE r.croid = _croid AND c.n IS NULL
  ORDER BY r.deposit_id DESC LIMIT 1;
  IF _waits IS NOT NULL THEN
    PERFORM platform.raise_error('deposit-waits', format('deposit %s of doi:%s', _waits, _doi));
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.hold_deposited(uuid, text, uuid) IS 'Lock an object until commit for whoever may deposit it and wants to start from what was deposited last; refused while a deposit of it waits for its verdict.';
