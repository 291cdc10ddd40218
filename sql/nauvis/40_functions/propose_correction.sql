CREATE OR REPLACE FUNCTION nauvis.propose_correction(
  _editor_id uuid, _croid uuid, _doi text, _patch text, _evidence text, _comment text
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _correction_id uuid;
BEGIN
  IF NOT EXISTS (
    SELECT FROM croid.identifier AS i
    WHERE i.scheme = 'doi' AND i.value = _doi AND i.croid = _croid AND i.kind = 'release'
  ) THEN
    PERFORM platform.raise_error('no-such-object', format('doi:%s', _doi));
  ELSIF (length(_evidence) BETWEEN 1 AND 10000) IS NOT TRUE OR length(_comment) > 10000 THEN
    PERFORM platform.raise_error('correction-refused', 'evidence has 1 to 10,000 characters, a comment at most as many');
  ELSIF (
    jsonb_typeof(_patch::jsonb) = 'array' AND jsonb_array_length(_patch::jsonb) BETWEEN 1 AND 1000
  ) IS NOT TRUE THEN
    PERFORM platform.raise_error('correction-refused', 'a patch has 1 to 1,000 operations');
  END IF;
  INSERT INTO nauvis.correction (croid, doi, patch, evidence, comment, proposer_id)
  VALUES (_croid, _doi, _patch::jsonb, _evidence, _comment, _editor_id)
  RETURNING correction_id INTO _correction_id;
  RETURN _correction_id;
END
$$;
COMMENT ON FUNCTION nauvis.propose_correction(uuid, uuid, text, text, text, text) IS 'Write down what somebody proposes to change in a work; it changes nothing before its owner accepts it.';
