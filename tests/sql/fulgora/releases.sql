-- Rows come in by releases: what changed ends the version before it, what is older is left out.
DO $$
DECLARE
  _one integer;
  _two integer;
  _stored record;
BEGIN
  _one := fulgora.begin_release('ror', 'first');
  SELECT * INTO _stored FROM fulgora.store_records(
    'ror', _one, ARRAY['a', 'b', 'c'], ARRAY['1', '1', ''], ARRAY['a', 'b', 'c']::bytea[], ARRAY['A', 'B', 'C']::bytea[]
  );
  ASSERT _stored.changed = 3 AND _stored.older = 0;
  SELECT * INTO _stored FROM fulgora.store_records(
    'ror', _one, ARRAY['a', 'b'], ARRAY['2', '0'], ARRAY['a2', 'b0']::bytea[], ARRAY['A2', 'B0']::bytea[]
  );
  ASSERT _stored.changed = 1 AND _stored.older = 1, 'a key may come twice in one release: the newest counts';
  ASSERT NOT EXISTS (SELECT FROM fulgora.changed_key WHERE source = 'ror' AND release_no = _one), 'not complete yet';
  ASSERT fulgora.complete_release('ror', _one, 4);
  ASSERT (
    SELECT state = 'complete' AND row_count = 5 AND changed_count = 4 AND older_count = 1 AND problem_count = 4
    FROM fulgora.release WHERE source = 'ror' AND release_no = _one
  );
  ASSERT (SELECT array_agg(key ORDER BY key) FROM fulgora.changed_key WHERE source = 'ror' AND release_no = _one)
    = ARRAY['a', 'b', 'c'];

  _two := fulgora.begin_release('ror', 'second');
  ASSERT _two = _one + 1;
  SELECT * INTO _stored FROM fulgora.store_records(
    'ror', _two, ARRAY['a', 'b', 'c', 'd', 'd'], ARRAY['1', '1', '', '2', '1'],
    ARRAY['old', 'b', 'c2', 'd2', 'd1']::bytea[], ARRAY['old', 'B', 'C2', 'D2', 'D1']::bytea[]
  );
  ASSERT _stored.changed = 2 AND _stored.older = 1;
  ASSERT (
    SELECT array_agg(
      format('%s %s-%s %s', key, valid_from_release, valid_to_release, convert_from(record, 'UTF8'))
      ORDER BY key, valid_from_release
    )
    FROM fulgora.record WHERE source = 'ror'
  ) = ARRAY[
    format('a %s- A2', _one), format('b %s- B', _one), format('c %s-%s C', _one, _two),
    format('c %s- C2', _two), format('d %s- D2', _two)
  ];
  ASSERT fulgora.complete_release('ror', _two, 0);
END
$$;

-- A release that changed nothing leaves no trace.
DO $$
DECLARE
  _no integer := fulgora.begin_release('ror', 'nothing new');
  _sent bigint := (SELECT sent_total FROM platform.queue_depth() WHERE queue = 'vulcanus_source_released');
BEGIN
  PERFORM fulgora.store_records('ror', _no, ARRAY['b'], ARRAY['1'], ARRAY['b']::bytea[], ARRAY['B']::bytea[]);
  ASSERT NOT fulgora.complete_release('ror', _no, 0);
  ASSERT NOT EXISTS (SELECT FROM fulgora.release WHERE source = 'ror' AND release_no = _no);
  ASSERT (SELECT sent_total FROM platform.queue_depth() WHERE queue = 'vulcanus_source_released') = _sent;
  BEGIN
    PERFORM fulgora.begin_release('x', 'no source');
    RAISE EXCEPTION 'begun';
  EXCEPTION WHEN SQLSTATE 'NX400' THEN
    NULL;
  END;
END
$$;
