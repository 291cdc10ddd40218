-- A deposit is kept, named, judged where that is possible at once, and announced.
CREATE FUNCTION pg_temp.take(_dois text[], _hashes text[], _refused boolean[], _key text, _is_test boolean)
RETURNS uuid
LANGUAGE sql
AS $$
  SELECT nauvis.take_deposit(
    '00000000-0000-7000-8000-000000000002', 'deposit', 'http', sha256(_hashes::text::bytea), 10,
    _is_test, false, _key, ARRAY['\x01', '\x02']::bytea[],
    ARRAY(SELECT generate_series(1, cardinality(_dois))), _dois,
    ARRAY(SELECT 10 * n::bigint FROM generate_series(0, cardinality(_dois) - 1) AS n),
    array_fill(10, ARRAY[cardinality(_dois)]), ARRAY(SELECT h::bytea FROM unnest(_hashes) AS h),
    array_fill(NULL::text, ARRAY[cardinality(_dois)]), _refused,
    ARRAY(SELECT CASE WHEN r THEN '[{"code": "no-doi"}]' END FROM unnest(_refused) AS r)
  );
$$;

DO $$
DECLARE
  _deposit uuid;
  _again uuid;
  _croids uuid[];
  _message jsonb;
BEGIN
  _deposit := pg_temp.take(ARRAY['10.5555/s.1', NULL, '10.5555/s.2', '10.5555/s.1'], ARRAY['a', 'b', 'c', 'd'],
    ARRAY[false, true, false, false], 'key', false);
  ASSERT (SELECT array_agg(body ORDER BY chunk_no) FROM nauvis.deposit_chunk WHERE deposit_id = _deposit)
    = ARRAY['\x01', '\x02']::bytea[];
  SELECT array_agg(croid ORDER BY n) INTO _croids FROM nauvis.deposit_record WHERE deposit_id = _deposit;
  ASSERT _croids[1] = _croids[4] AND cardinality(_croids) = 4, 'records of one DOI are about one object';
  ASSERT (SELECT croid FROM croid.identifier WHERE value = '10.5555/s.1') = _croids[1];
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE croid = _croids[2]), 'a refused record names nothing';
  ASSERT (SELECT settled_count = 1 AND rejected_count = 1 AND settled_at IS NULL FROM nauvis.deposit WHERE deposit_id = _deposit);
  ASSERT (SELECT result FROM nauvis.deposit_change WHERE croid = _croids[2]) = 'rejected';
  SELECT message INTO _message FROM pgmq.q_vulcanus_deposit_received ORDER BY msg_id DESC LIMIT 1;
  ASSERT _message ->> 'task' = _deposit::text AND jsonb_array_length(_message -> 'croids') = 3;

  ASSERT nauvis.find_deposit('00000000-0000-7000-8000-000000000002', 'key', sha256('{a,b,c,d}'), false, false) = _deposit;
  ASSERT nauvis.find_deposit('00000000-0000-7000-8000-000000000001', 'key', 'x', false, false) IS NULL, 'another editor, another key';
  ASSERT nauvis.find_deposit('00000000-0000-7000-8000-000000000002', NULL, 'x', false, false) IS NULL;
  _again := pg_temp.take(ARRAY['10.5555/s.1', NULL, '10.5555/s.2', '10.5555/s.1'], ARRAY['a', 'b', 'c', 'd'],
    ARRAY[false, true, false, false], 'key', false);
  ASSERT _again = _deposit;
  BEGIN
    PERFORM pg_temp.take(ARRAY['10.5555/s.1'], ARRAY['a'], ARRAY[false], 'key', false);
    RAISE EXCEPTION 'taken under a used key';
  EXCEPTION WHEN SQLSTATE 'NX301' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.find_deposit('00000000-0000-7000-8000-000000000002', 'key', sha256('{a,b,c,d}'), true, false);
    RAISE EXCEPTION 'a test is taken for what was none';
  EXCEPTION WHEN SQLSTATE 'NX301' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.find_deposit('00000000-0000-7000-8000-000000000002', 'key', sha256('{a,b,c,d}'), false, true);
    RAISE EXCEPTION 'an atomic deposit is taken for what was none';
  EXCEPTION WHEN SQLSTATE 'NX301' THEN
    NULL;
  END;

  -- The verdicts, once.
  PERFORM nauvis.settle(
    _croids[1:1] || _croids[3:4], array_fill(_deposit, ARRAY[3]), ARRAY[1, 3, 4],
    ARRAY['created', 'rejected', 'warning']::nauvis.verdict[], ARRAY[_croids[1], NULL, _croids[1]],
    ARRAY[7, NULL, 8], ARRAY[NULL, '[{"code": "x"}]', '[]'], ARRAY[NULL, NULL, '[]']
  );
  PERFORM nauvis.settle(
    _croids[1:1], ARRAY[_deposit], ARRAY[1], ARRAY['rejected']::nauvis.verdict[], ARRAY[NULL::uuid],
    ARRAY[NULL::bigint], ARRAY[NULL::text], ARRAY[NULL::text]
  );
  ASSERT (
    SELECT array_agg(format('%s %s %s', n, result, index) ORDER BY n)
    FROM nauvis.deposit_change WHERE deposit_id = _deposit
  ) = ARRAY['1 created 7', '2 rejected ', '3 rejected ', '4 warning 8'];
  ASSERT (SELECT is_refused FROM nauvis.deposit_record WHERE croid = _croids[3]);
  ASSERT (SELECT settled_count = 4 AND rejected_count = 2 AND settled_at IS NOT NULL FROM nauvis.deposit WHERE deposit_id = _deposit);
  ASSERT (SELECT n FROM nauvis.latest_deposit WHERE croid = _croids[1]) = 4;
  PERFORM nauvis.count_settled(_deposit);
  ASSERT (SELECT settled_count FROM nauvis.deposit WHERE deposit_id = _deposit) = 4;
END
$$;

-- A test names nothing new, and finds what is there.
DO $$
DECLARE
  _named uuid[];
BEGIN
  _named := nauvis.name_records(true, ARRAY['10.5555/s.1', '10.5555/s.new'], ARRAY[false, false]);
  ASSERT _named[1] = (SELECT croid FROM croid.identifier WHERE value = '10.5555/s.1');
  ASSERT _named[2] IS NOT NULL AND NOT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5555/s.new');
  _named := nauvis.name_records(false, ARRAY['10.5555/s.new', '10.5555/s.new', NULL], ARRAY[false, true, true]);
  ASSERT _named[1] = (SELECT croid FROM croid.identifier WHERE value = '10.5555/s.new');
  ASSERT _named[2] <> _named[1] AND _named[3] IS NOT NULL, 'refused records get a name of their own';
END
$$;

-- The same bytes of a live object are unchanged at once; those of one that waits are not.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _first uuid;
  _second uuid;
  _croid uuid;
  _row record;
BEGIN
  _first := pg_temp.take(ARRAY['10.5555/s.u'], ARRAY['one'], ARRAY[false], NULL, false);
  _second := pg_temp.take(ARRAY['10.5555/s.u'], ARRAY['one'], ARRAY[false], NULL, false);
  ASSERT NOT EXISTS (SELECT FROM nauvis.deposit_change WHERE deposit_id = _second), 'the first one waits';
  SELECT croid INTO _croid FROM nauvis.deposit_record WHERE deposit_id = _first;
  SELECT * INTO _row FROM catalog.revise(
    _vulcanus, '', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/s.u"}'], ARRAY['{}'],
    '{}', '{}', '{}'
  );
  PERFORM nauvis.settle(
    ARRAY[_croid, _croid], ARRAY[_first, _second], ARRAY[1, 1], ARRAY['created', 'unchanged']::nauvis.verdict[],
    ARRAY[_row.revision_id, _row.revision_id], ARRAY[9, NULL], ARRAY[NULL, NULL], ARRAY[NULL, NULL]
  );
  _second := pg_temp.take(ARRAY['10.5555/s.u'], ARRAY['one'], ARRAY[false], NULL, false);
  SELECT * INTO _row FROM nauvis.deposit_change WHERE deposit_id = _second;
  ASSERT _row.result = 'unchanged';
  _second := pg_temp.take(ARRAY['10.5555/s.u'], ARRAY['two'], ARRAY[false], NULL, false);
  ASSERT NOT EXISTS (SELECT FROM nauvis.deposit_change WHERE deposit_id = _second);
  _second := pg_temp.take(ARRAY['10.5555/s.u'], ARRAY['one'], ARRAY[false], NULL, false);
  ASSERT NOT EXISTS (SELECT FROM nauvis.deposit_change WHERE deposit_id = _second), 'another one lies between';
  PERFORM nauvis.settle_at_once(_second);
  ASSERT NOT EXISTS (SELECT FROM nauvis.deposit_change WHERE deposit_id = _second);
END
$$;
