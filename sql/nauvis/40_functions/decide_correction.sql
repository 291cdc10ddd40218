CREATE OR REPLACE FUNCTION nauvis.decide_correction(
  _correction_id uuid, _with_token_id uuid, _state nauvis.correction_state, _comment text,
  _deposit_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _correction CONSTANT nauvis.correction := nauvis.hold_correction(_correction_id, _with_token_id);
  _bot_id uuid;
BEGIN
  SELECT m.bot_id INTO _bot_id
  FROM nauvis.find_key(_with_token_id) AS k JOIN nauvis.member AS m ON m.member_id = k.member_id;
  IF _state NOT IN ('accepted', 'rejected', 'superseded') OR length(_comment) > 10000 THEN
    PERFORM platform.raise_error('correction-refused', format('it cannot become %s, with a comment of %s characters', _state, coalesce(length(_comment), 0)));
  ELSIF _state = 'accepted' AND NOT EXISTS (
    SELECT FROM nauvis.deposit_record AS r
    JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id AND NOT d.is_test
    WHERE r.croid = _correction.croid AND r.deposit_id = _deposit_id AND NOT r.is_refused
      AND d.editor_id = _bot_id
  ) THEN
    PERFORM platform.raise_error('correction-refused', 'it is accepted with a deposit of the owner');
  END IF;
  UPDATE nauvis.correction AS c
  SET state = _state, decided_at = clock_timestamp(), decider_id = _bot_id,
      decision_comment = _comment, deposit_id = CASE WHEN _state = 'accepted' THEN _deposit_id END
  WHERE c.correction_id = _correction_id;
END
$$;
COMMENT ON FUNCTION nauvis.decide_correction(uuid, uuid, nauvis.correction_state, text, uuid) IS 'Accept an open correction with the deposit that does it, reject it, or note that it fits no longer; once, by a depositor of the owner.';
