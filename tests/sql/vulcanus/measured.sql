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
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[2, 9], '{}', '{}', '{}') = 1;
  ASSERT (SELECT array_agg(croid ORDER BY croid) FROM vulcanus.stale_layer WHERE croid = ANY (_croids))
    = ARRAY[_croids[1], _croids[3]];
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[2], '{}', '{}', '{}') = 0, 'it is due already';
  ASSERT (SELECT traced_index FROM vulcanus.strategy WHERE strategy = 'affiliation-ror') = 6;
  PERFORM vulcanus.confirm_layers('affiliation-ror', 6, _croids, ARRAY['{1}', '{3}', '{4}']);
  ASSERT NOT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = ANY (_croids));
  ASSERT vulcanus.trace_changes('affiliation-ror', 6, ARRAY[1], '{}', '{}', '{}') = 0, 'it was looked at after that change';
END
$$;

-- Texts are found by words that stand together, and keep what they mean; what is outdated is not kept.
DO $$
DECLARE
  _hashes CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7()];
  _croid CONSTANT uuid := uuidv7();
  _found vulcanus.matched_text;
BEGIN
  UPDATE vulcanus.strategy SET inputs_index = 6, traced_index = 6 WHERE strategy = 'affiliation-ror';
  ASSERT vulcanus.traced_index('affiliation-ror') = 6;
  PERFORM vulcanus.note_texts(
    'affiliation-ror', 6, _hashes, ARRAY['a b', 'b c', 'c d'], ARRAY['{101,102}', '{102,103}', '{103,104}'], _hashes
  );
  ASSERT (
    SELECT array_agg(t.text ORDER BY t.text)
    FROM vulcanus.list_texts('affiliation-ror', 7, ARRAY['{101,102}', '{102}', '{101,104}']) AS t
  ) = ARRAY['a b', 'b c'];
  ASSERT NOT EXISTS (SELECT FROM vulcanus.list_texts('affiliation-ror', 6, ARRAY['{102}'])), 'read after that';
  ASSERT NOT EXISTS (SELECT FROM vulcanus.list_texts('no-such', 7, ARRAY['{102}']));
  SELECT t.* INTO _found FROM vulcanus.list_texts('affiliation-ror', 7, ARRAY['{101}']) AS t;
  UPDATE vulcanus.strategy SET inputs_index = 7 WHERE strategy = 'affiliation-ror';
  PERFORM vulcanus.trace_changes('affiliation-ror', 7, '{}', ARRAY[_found.text_id], ARRAY['{105}'], _hashes[3:3]);
  ASSERT (
    SELECT (t.terms, t.answer, t.inputs_index) FROM vulcanus.matched_text AS t WHERE t.text_id = _found.text_id
  ) = (ARRAY[105], _hashes[3], 7::bigint);

  PERFORM vulcanus.note_texts('affiliation-ror', 6, ARRAY[uuidv7()], ARRAY['late'], ARRAY['{106}'], _hashes[1:1]);
  ASSERT NOT EXISTS (SELECT FROM vulcanus.matched_text WHERE text = 'late');
  PERFORM vulcanus.store_layers(
    vulcanus.open_run('test', 1), 'affiliation-ror', s.version, 6, ARRAY[_croid], ARRAY[uuidv7()],
    ARRAY['h']::bytea[], ARRAY['[]'], ARRAY['{}'], ARRAY[1]::real[], ARRAY['{1}']
  ) FROM vulcanus.strategy AS s WHERE s.strategy = 'affiliation-ror';
  ASSERT (SELECT is_due FROM vulcanus.layer WHERE croid = _croid), 'made of what was outdated when it was stored';
  PERFORM vulcanus.confirm_layers('affiliation-ror', 7, ARRAY[_croid], ARRAY['{1}']);
  ASSERT NOT (SELECT is_due FROM vulcanus.layer WHERE croid = _croid);
  ASSERT vulcanus.hold_layers(), 'nobody else stores any';
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

-- Texts are missing for the strategy that has not read them, and forgotten where no layer in force names them.
DO $$
DECLARE
  _hashes CONSTANT uuid[] := ARRAY[
    'ffffffff-0000-0000-0000-000000000001', '7fffffff-0000-0000-0000-000000000001', '00000002-0000-0000-0000-000000000001'
  ];
  _croid CONSTANT uuid := uuidv7();
  _found record;
BEGIN
  DELETE FROM vulcanus.matched_text;
  ASSERT (SELECT count(*) FROM vulcanus.list_missing_texts('affiliation-ror', _hashes)) = 3;
  INSERT INTO vulcanus.matched_text (text_id, strategy, inputs_index, text_hash, text, terms, answer)
  SELECT format('00000000-0000-7000-8000-00000000000%s', u.n)::uuid, 'affiliation-ror', 6, u.text_hash, '', '{}', u.text_hash
  FROM unnest(_hashes) WITH ORDINALITY AS u (text_hash, n);
  ASSERT NOT EXISTS (SELECT FROM vulcanus.list_missing_texts('affiliation-ror', _hashes));
  ASSERT (SELECT count(*) FROM vulcanus.list_missing_texts('funder-ror', _hashes)) = 3;
  PERFORM vulcanus.store_layers(
    vulcanus.open_run('test', 1), 'affiliation-ror', '1', 6, ARRAY[_croid], ARRAY[uuidv7()],
    ARRAY['h']::bytea[], ARRAY['[]'], ARRAY['{}'], ARRAY[1]::real[], ARRAY['{2147483647,1}']
  );
  SELECT * INTO _found FROM vulcanus.forget_texts('00000000-0000-0000-0000-000000000000', 2);
  ASSERT _found._count = 1 AND _found._last = '00000000-0000-7000-8000-000000000002';
  SELECT * INTO _found FROM vulcanus.forget_texts(_found._last, 2);
  ASSERT _found._count = 0 AND _found._last = '00000000-0000-7000-8000-000000000003';
  SELECT * INTO _found FROM vulcanus.forget_texts(_found._last, 2);
  ASSERT _found._count = 0 AND _found._last IS NULL;
  ASSERT (SELECT array_agg(t.text_hash ORDER BY t.text_hash) FROM vulcanus.matched_text AS t) = ARRAY[_hashes[3], _hashes[1]];
END
$$;
