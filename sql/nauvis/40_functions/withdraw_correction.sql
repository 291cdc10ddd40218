CREATE OR REPLACE FUNCTION nauvis.withdraw_correction(_correction_id uuid, _with_token_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _correction nauvis.correction;
  _editor_id uuid;
BEGIN
  SELECT c.* INTO _correction
  FROM nauvis.correction AS c WHERE c.correction_id = _correction_id FOR NO KEY UPDATE;
  SELECT t.editor_id INTO _editor_id
  FROM catalog.find_token(_with_token_id) AS t WHERE t.refusal IS NULL;
  IF _correction.correction_id IS NULL THEN
    PERFORM platform.raise_error('no-such-correction', coalesce(_correction_id::text, ''));
  ELSIF _editor_id IS DISTINCT FROM _correction.proposer_id THEN
    PERFORM platform.raise_error('not-your-correction', 'whoever proposed it withdraws it');
  ELSIF _correction.state <> 'open' THEN
    PERFORM platform.raise_error('correction-decided', format('it is %s since %s', _correction.state, _correction.decided_at));
  END IF;
  UPDATE nauvis.correction AS c
  SET state = 'withdrawn', decided_at = clock_timestamp(), decider_id = _editor_id
  WHERE c.correction_id = _correction_id;
END
$$;
COMMENT ON FUNCTION nauvis.withdraw_correction(uuid, uuid) IS 'Take an open correction back, with a key of whoever proposed it.';
