CREATE OR REPLACE FUNCTION nauvis.hold_correction(_correction_id uuid, _with_token_id uuid)
RETURNS nauvis.correction
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _correction nauvis.correction;
BEGIN
  SELECT c.* INTO _correction
  FROM nauvis.correction AS c WHERE c.correction_id = _correction_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-correction', coalesce(_correction_id::text, ''));
  ELSIF NOT EXISTS (
    SELECT FROM nauvis.prefix AS p
    WHERE p.prefix = split_part(_correction.doi, '/', 1)
      AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
  ) THEN
    IF NOT EXISTS (
      SELECT FROM catalog.find_token(_with_token_id) AS t
      WHERE t.refusal IS NULL AND 'accept' = ANY (t.scopes)
    ) THEN
      PERFORM platform.raise_error('not-your-prefix', format('doi:%s: nobody owns the prefix, so an admin with the scope accept decides', _correction.doi));
    END IF;
  ELSIF NOT EXISTS (
    SELECT FROM nauvis.find_key(_with_token_id) AS k
    JOIN nauvis.prefix AS p ON p.member_id = k.member_id
    WHERE k.role >= 'depositor' AND p.prefix = split_part(_correction.doi, '/', 1)
      AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
  ) THEN
    PERFORM platform.raise_error('not-your-prefix', format('doi:%s: a depositor of the member that owns the prefix decides', _correction.doi));
  END IF;
  IF _correction.state <> 'open' THEN
    PERFORM platform.raise_error('correction-decided', format('it is %s since %s', _correction.state, _correction.decided_at));
  END IF;
  RETURN _correction;
END
$$;
COMMENT ON FUNCTION nauvis.hold_correction(uuid, uuid) IS 'Lock an open correction for its decision, which depositors of the member make that owns the prefix today, and admins where nobody does.';
