-- A strategy has one layer in force on an object; the one before it is retired, not lost.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _ids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
  _run uuid := vulcanus.open_run('test', 1);
BEGIN
  ASSERT (SELECT reason = 'test' AND object_count = 1 FROM vulcanus.run WHERE run_id = _run);
  FOR _n IN 1..2 LOOP
    PERFORM vulcanus.store_layers(
      _run, 'affiliation-ror', '1', 5, ARRAY[_croid], _ids[_n:_n], ARRAY['h']::bytea[], ARRAY['[]'], ARRAY['{}'],
      ARRAY[0.5]::real[], ARRAY[NULL]::text[]
    );
  END LOOP;
  ASSERT (SELECT array_agg(retired_at IS NULL ORDER BY layer_id) FROM vulcanus.layer WHERE croid = _croid)
    = ARRAY[false, true];
  ASSERT (SELECT source FROM vulcanus.layer WHERE layer_id = _ids[2]) = 'strategy:affiliation-ror';

  -- What it was matched against changed: the layer is stale until it is confirmed or made anew.
  UPDATE vulcanus.strategy SET inputs_index = 5, version = '1' WHERE strategy = 'affiliation-ror';
  ASSERT NOT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid);
  UPDATE vulcanus.strategy SET inputs_index = 6 WHERE strategy = 'affiliation-ror';
  ASSERT (SELECT layer_id FROM vulcanus.stale_layer WHERE croid = _croid) = _ids[2];
  PERFORM vulcanus.confirm_layers('affiliation-ror', 6, ARRAY[_croid], ARRAY[NULL]::text[]);
  ASSERT NOT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid);
  PERFORM vulcanus.confirm_layers('affiliation-ror', 2, ARRAY[_croid], ARRAY[NULL]::text[]);
  ASSERT (SELECT inputs_index FROM vulcanus.layer WHERE layer_id = _ids[2]) = 6, 'never backwards';
  ASSERT (SELECT inputs_index FROM vulcanus.layer WHERE layer_id = _ids[1]) = 5, 'the retired one stays as it was';
  UPDATE vulcanus.strategy SET version = 'other' WHERE strategy = 'affiliation-ror';
  ASSERT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid), 'another version of the strategy';
  UPDATE vulcanus.strategy SET version = '1', is_enabled = false WHERE strategy = 'affiliation-ror';
  ASSERT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid), 'switched off: to be taken away';
  UPDATE vulcanus.layer SET inputs_index = -1 WHERE layer_id = _ids[2];
  ASSERT NOT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid);
  UPDATE vulcanus.strategy SET is_enabled = true WHERE strategy = 'affiliation-ror';
  ASSERT EXISTS (SELECT FROM vulcanus.stale_layer WHERE croid = _croid), 'switched on: to be looked at';
END
$$;

-- Strategies hear of changes to the kind of object they match against, and of no others.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
BEGIN
  INSERT INTO catalog.ident (croid, kind) VALUES (_croids[1], 'organisation'), (_croids[2], 'release');
  UPDATE vulcanus.strategy SET inputs_index = 10;
  ASSERT vulcanus.note_inputs(_croids[2:2], 11) = 0;
  ASSERT vulcanus.note_inputs('{}', 11) = 0;
  ASSERT vulcanus.note_inputs(_croids, 12) = 2, 'affiliations and funders';
  ASSERT vulcanus.note_inputs(_croids, 11) = 0, 'it knows a newer one';
  ASSERT (SELECT inputs_index FROM vulcanus.strategy WHERE strategy = 'affiliation-ror') = 12;
END
$$;

-- The changed keys of a source are asked about page by page, release by release, each once.
DO $$
DECLARE
  _no integer;
BEGIN
  FOR _n IN 1..2 LOOP
    _no := fulgora.begin_release('crossref', 'x');
    PERFORM fulgora.store_records(
      'crossref', _no, (ARRAY['10.5555/v.1', '10.5555/v.2', '10.5555/v.3'])[_n:],
      array_fill(_n::text, ARRAY[4 - _n]), (ARRAY['a', 'b', 'c']::bytea[])[_n:], (ARRAY['a', 'b', 'c']::bytea[])[_n:]
    );
    PERFORM fulgora.store_records(
      'crossref', _no, ARRAY['10.5555/v.' || _n], ARRAY['9'], ARRAY[_n::text::bytea], ARRAY['x']::bytea[]
    );
    PERFORM fulgora.complete_release('crossref', _no, 0);
  END LOOP;
  ASSERT vulcanus.advance_cursor('crossref', 2) = 2;
  ASSERT vulcanus.advance_cursor('crossref', 2) > 0;
  ASSERT (SELECT count(*) FROM croid.identifier WHERE value LIKE '10.5555/v._') = 3;
  PERFORM vulcanus.advance_cursor('crossref', 100) FROM generate_series(1, 4);
  ASSERT vulcanus.advance_cursor('crossref', 2) = 0;
  ASSERT (SELECT release_no = _no AND key IS NULL FROM vulcanus.source_cursor WHERE source = 'crossref');
  ASSERT (
    SELECT count(DISTINCT c.value) FROM pgmq.q_fulgora_enrichment_wanted AS q
    CROSS JOIN LATERAL jsonb_array_elements_text(q.message -> 'croids') AS c (value)
    JOIN croid.identifier AS i ON i.croid = c.value::uuid
    WHERE i.value LIKE '10.5555/v._'
  ) = 3;
END
$$;

-- The bases of an object: its newest deposit that was not refused, and what sources say now.
DO $$
BEGIN
  ASSERT (SELECT array_agg(b.source) FROM vulcanus.base_layer AS b JOIN croid.identifier AS i USING (croid)
    WHERE i.value = '10.5555/v.1') = ARRAY['crossref'];
END
$$;

-- An edit makes one layer, however often it is told.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _edit CONSTANT uuid := uuidv7();
  _editor CONSTANT uuid := uuidv7();
  _run CONSTANT uuid := vulcanus.open_run('edited', 1);
BEGIN
  FOR _time IN 1..2 LOOP
    ASSERT vulcanus.store_edit_layers(
      _run, ARRAY[_croid], ARRAY[_edit], ARRAY[_editor], ARRAY[7::bigint], ARRAY['[]'], ARRAY['{}'],
      ARRAY['2020-01-01'::timestamptz]
    ) = 2 - _time;
  END LOOP;
  ASSERT (
    SELECT (source, source_version, strategy, asserted_at, confidence) FROM vulcanus.layer WHERE edit_id = _edit
  ) = ('editor:' || _editor, '7'::text, NULL::text, '2020-01-01'::timestamptz, 1::real);
END
$$;
