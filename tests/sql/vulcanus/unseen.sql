-- vulcanus.note_unseen(): a strategy that is off knows since when, and sees what came meanwhile in the order of the changelog.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  _name CONSTANT text := 'licence-spdx';
  _before bigint;
  _indexes bigint[] := '{}';
  _page record;
BEGIN
  UPDATE vulcanus.strategy SET unseen_after = NULL;
  SELECT c.index INTO _before FROM catalog.clock AS c;
  UPDATE vulcanus.strategy SET is_enabled = false WHERE strategy = _name;
  ASSERT (SELECT unseen_after = _before FROM vulcanus.strategy WHERE strategy = _name);
  FOR _n IN 1..4 LOOP
    _indexes := _indexes || (
      SELECT r.index FROM catalog.revise(
        _vulcanus, '', '{}', (ARRAY['release', 'release', 'organisation', 'release'])[_n]::catalog.kind,
        _croids[_n:_n], ARRAY[format('{"n": %s}', _n)], '{"{}"}', '{}', '{}', '{}'
      ) AS r
    );
  END LOOP;
  UPDATE vulcanus.strategy SET is_enabled = false WHERE strategy = _name;
  ASSERT (SELECT unseen_after = _before FROM vulcanus.strategy WHERE strategy = _name), 'off as it was';
  ASSERT (SELECT NOT _is_more FROM vulcanus.take_unseen(ARRAY[_name], 10)), 'it is off';
  UPDATE vulcanus.strategy SET is_enabled = true WHERE strategy = _name;
  ASSERT (SELECT unseen_after = _before FROM vulcanus.strategy WHERE strategy = _name);

  -- Two releases have no layer of it; one of the third kind is none of its objects.
  PERFORM vulcanus.store_layers(
    vulcanus.open_run('test', 1), _name, '1', 5, _croids[2:2], ARRAY[uuidv7()], '{h}'::bytea[],
    ARRAY['[]'], ARRAY['{}'], ARRAY[1]::real[], ARRAY[NULL]::text[]
  );
  ASSERT (SELECT array_agg(u.croid ORDER BY u.index) FROM vulcanus.unseen AS u WHERE u.strategy = _name)
    = ARRAY[_croids[1], _croids[4]];
  ASSERT NOT EXISTS (SELECT FROM vulcanus.unseen AS u WHERE u.strategy <> _name);
  ASSERT (SELECT NOT _is_more FROM vulcanus.take_unseen(ARRAY['language'], 1)), 'another strategy has seen all';
  FOR _n IN 1..4 LOOP
    SELECT * INTO _page FROM vulcanus.take_unseen(ARRAY[_name, 'language'], 1);
    ASSERT _page._is_more AND _page._croids = CASE WHEN _n IN (1, 4) THEN _croids[_n:_n] ELSE '{}' END;
    ASSERT (SELECT unseen_after = _indexes[_n] FROM vulcanus.strategy WHERE strategy = _name);
  END LOOP;

  -- It ends when nobody is at work who may have taken it to be off, nor has accepted anything since.
  ASSERT NOT vulcanus.end_unseen(ARRAY[_name], _indexes[3]), 'it stands elsewhere';
  UPDATE vulcanus.strategy SET unseen_after = _indexes[3] WHERE strategy = _name;
  ASSERT NOT vulcanus.end_unseen(ARRAY[_name], _indexes[3]), 'more was accepted';
  UPDATE vulcanus.strategy SET unseen_after = _indexes[4] WHERE strategy = _name;
  SELECT * INTO _page FROM vulcanus.take_unseen(ARRAY[_name], 1);
  ASSERT _page._is_more AND _page._croids = '{}';
  ASSERT (SELECT unseen_after IS NULL FROM vulcanus.strategy WHERE strategy = _name);
  SELECT * INTO _page FROM vulcanus.take_unseen(ARRAY[_name], 1);
  ASSERT NOT _page._is_more AND _page._croids = '{}';
  PERFORM vulcanus.hold_strategies();

  -- What is new has seen nothing; what looks after the acceptance is told otherwise.
  UPDATE vulcanus.strategy SET version = 'anew', is_enabled = false WHERE strategy IN (_name, 'reference-doi');
  ASSERT (
    SELECT array_agg(s.unseen_after ORDER BY s.strategy) FROM vulcanus.strategy AS s
    WHERE s.strategy IN (_name, 'reference-doi')
  ) = ARRAY[0, NULL]::bigint[];
  INSERT INTO vulcanus.strategy (strategy, version, kind, rank, description) VALUES ('new', '1', 'release', 1, '');
  ASSERT (SELECT unseen_after = 0 FROM vulcanus.strategy WHERE strategy = 'new');
END
$$;
