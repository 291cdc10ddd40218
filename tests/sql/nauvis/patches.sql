-- Who starts from what was deposited last holds the object, and waits for nobody's verdict.
DO $$
DECLARE
  _one integer := nauvis.create_member('Society of One', ARRAY['10.5555']);
  _bot uuid := (SELECT bot_id FROM nauvis.member WHERE member_id = _one);
  _nobody CONSTANT uuid := '00000000-0000-7000-8000-000000000002';
  _deposit uuid;
  _croid uuid;
BEGIN
  _deposit := nauvis.take_deposit(
    _bot, 'deposit', 'http', sha256('a'), 10, false, false, NULL, ARRAY['\x01']::bytea[],
    ARRAY[1], ARRAY['10.5555/p'], ARRAY[0::bigint], ARRAY[10], ARRAY[sha256('a')],
    ARRAY[NULL::text], ARRAY[false], ARRAY[NULL::text]
  );
  SELECT croid INTO _croid FROM nauvis.deposit_record WHERE deposit_id = _deposit;
  BEGIN
    PERFORM nauvis.hold_deposited(_nobody, '10.5555/p', _croid);
    RAISE EXCEPTION 'held by a stranger';
  EXCEPTION WHEN SQLSTATE 'NX313' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.hold_deposited(_bot, '10.5555/p', _croid);
    RAISE EXCEPTION 'held while a deposit waits';
  EXCEPTION WHEN SQLSTATE 'NX342' THEN
    NULL;
  END;
  PERFORM nauvis.settle(ARRAY[_croid], ARRAY[_deposit], ARRAY[1], ARRAY['created']::nauvis.verdict[],
    ARRAY[NULL::uuid], ARRAY[NULL::bigint], ARRAY[NULL], ARRAY[NULL]);
  PERFORM nauvis.hold_deposited(_bot, '10.5555/p', _croid);
  ASSERT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()), 'it is locked';
END
$$;
