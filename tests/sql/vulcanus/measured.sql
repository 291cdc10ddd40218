-- A change concerns the layers that share a term with it, and no others.
DO $$
DECLARE
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7()];
  _run uuid := vulcanus.open_run('test', 3);
BEGIN
  UPDATE vulcanus.strategy SET inputs_index = 5, traced_index = 5 WHERE strategy = 'affiliation-ror';
  PERFORM vulcanus.store_layers(
    _run, 'affiliation-ror', s.version, 5, _croids, ARRAY[uuidv7(), uuidv7(), uuidv7()],
    ARRAY['h', 'h', 'h']::bytea[], ARRAY['[]', '[]', '[]'], ARRAY['{}', '{}', '{}'],
    ARRAY[1, 1, 1]::real[], ARRAY['{1,2}', '{3}', NULL]
  ) FROM vulcanus.strategy AS s WHERE s.strategy = 'affiliation-ror';
  UPDATE vulcanus.strategy SET inputs_index = 6 WHERE strategy = 'affiliation-ror';
  ASSERT (SELECT array_agg(croid) FROM vulcanus.stale_layer WHERE croid = ANY (_croids)) = _croids[3:3],
    'without terms it is stale at any change';
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[2, 9]) = 1;
  ASSERT (SELECT array_agg(croid ORDER BY croid) FROM vulcanus.stale_layer WHERE croid = ANY (_croids))
    = ARRAY[_croids[1], _croids[3]];
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[2]) = 0, 'it is due already';
  ASSERT (SELECT traced_index FROM vulcanus.strategy WHERE strategy = 'affiliation-ror') = 6;
  PERFORM vulcanus.confirm_layers('affiliation-ror', 6, _croids, ARRAY['{1}', '{3}', '{4}']);
  ASSERT NOT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = ANY (_croids));
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[1]) = 0, 'it was looked at after that change';
END
$$;

-- A strategy is switched by name; switching it to what it is changes nothing.
DO $$
BEGIN
  ASSERT vulcanus.switch_strategy('affiliation-ror', false);
  ASSERT NOT vulcanus.switch_strategy('affiliation-ror', false);
  ASSERT vulcanus.switch_strategy('affiliation-ror', true);
  BEGIN
    PERFORM vulcanus.switch_strategy('no-such', true);
    ASSERT false, 'it does not exist';
  EXCEPTION WHEN SQLSTATE 'NX500' THEN NULL;
  END;
END
$$;

-- What is measured is kept; shares are made of the counts.
DO $$
DECLARE
  _id CONSTANT uuid := vulcanus.store_evaluation(
    'affiliation', 'affiliation-ror', '2', 'tuned', 'truth.jsonl', '', 10, 100, 80, 60, 5, 1, 700, '{}'
  );
BEGIN
  ASSERT (
    SELECT ROW (e.precision, e.recall, round(e.f1::numeric, 4), round(e.f05::numeric, 4))
      = ROW (0.75::float8, 0.6::float8, 0.6667, 0.7143)
    FROM vulcanus.evaluation AS e WHERE e.evaluation_id = _id
  );
END
$$;
