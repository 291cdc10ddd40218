DROP FUNCTION IF EXISTS nauvis.decide_correction(
  uuid, uuid, nauvis.correction_state, text, uuid
);
CREATE OR REPLACE FUNCTION nauvis.decide_correction(
  _correction_id uuid, _with_token_id uuid, _state nauvis.correction_state, _comment text,
  _deposit_id uuid, _editgroup_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _correction CONSTANT nauvis.correction := nauvis.hold_correction(_correction_id, _with_token_id);
  _decider_id uuid;
BEGIN
  SELECT t.editor_id INTO _decider_id FROM catalog.find_token(_with_token_id) AS t;
  IF _state NOT IN ('accepted', 'rejected', 'superseded') OR length(_comment) > 10000 THEN
    PERFORM platform.raise_error('correction-refused', format('it cannot become %s, with a comment of %s characters', _state, coalesce(length(_comment), 0)));
  ELSIF _state = 'accepted' AND NOT EXISTS (
    SELECT FROM nauvis.deposit_record AS r
    JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id AND NOT d.is_test
    WHERE r.croid = _correction.croid AND r.deposit_id = _deposit_id AND NOT r.is_refused
      AND d.editor_id = _decider_id AND _editgroup_id IS NULL
  ) AND NOT EXISTS (
    SELECT FROM catalog.edit AS e
    JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id AND g.status = 'accepted'
    WHERE e.croid = _correction.croid AND e.editgroup_id = _editgroup_id
      AND g.editor_id = _decider_id AND _deposit_id IS NULL
  ) THEN
    PERFORM platform.raise_error('correction-refused', 'it is accepted with a deposit of the owner, or an accepted edit of an admin');
  END IF;
  UPDATE nauvis.correction AS c
  SET state = _state, decided_at = clock_timestamp(), decider_id = _decider_id,
      decision_comment = _comment,
      deposit_id = CASE WHEN _state = 'accepted' THEN _deposit_id END,
      editgroup_id = CASE WHEN _state = 'accepted' THEN _editgroup_id END
  WHERE c.correction_id = _correction_id;
END
$$;
COMMENT ON FUNCTION nauvis.decide_correction(
  uuid, uuid, nauvis.correction_state, text, uuid, uuid
) IS 'Accept an open correction with the deposit or the edit that does it, reject it, or note that it fits no longer; once, by a depositor of the owner, or by an admin where nobody owns the prefix.';
