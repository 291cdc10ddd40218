-- Anyone proposes, the owner decides once; callbacks wait, fall due, are claimed, noted and sent again.
DO $$
DECLARE
  _one integer := nauvis.create_member('Society of One', ARRAY['10.5555']);
  _two integer := nauvis.create_member('Second Press', ARRAY['10.6666']);
  _bot uuid := (SELECT bot_id FROM nauvis.member WHERE member_id = _one);
  _nobody CONSTANT uuid := '00000000-0000-7000-8000-000000000002';
  _owner uuid := nauvis.issue_key(_one, 'owner', sha256('s'), NULL, NULL, NULL, NULL);
  _depositor uuid := nauvis.issue_key(_one, 'depositor', sha256('s'), NULL, NULL, NULL, NULL);
  _reader uuid := nauvis.issue_key(_one, 'reader', sha256('s'), NULL, NULL, NULL, NULL);
  _rival uuid := nauvis.issue_key(_two, 'owner', sha256('s'), NULL, NULL, NULL, NULL);
  _patch CONSTANT text := '[{"op": "remove", "path": "/title"}]';
  _token uuid;
  _deposit uuid;
  _croid uuid;
  _correction uuid;
  _other uuid;
  _claimed record;
  _admin uuid := catalog.create_editor('eve', 'admin', false, NULL);
  _editor uuid := catalog.create_editor('ada', 'editor', false, NULL);
  _by_admin uuid;
  _by_editor uuid;
  _group uuid;
BEGIN
  -- A callback is asked for with a secret alone, in the transaction that takes the deposit in.
  _deposit := nauvis.take_deposit(
    _bot, 'deposit', 'http', sha256('a'), 10, false, false, NULL, ARRAY['\x01']::bytea[],
    ARRAY[1], ARRAY['10.5555/c'], ARRAY[0::bigint], ARRAY[10], ARRAY[sha256('a')],
    ARRAY[NULL::text], ARRAY[false], ARRAY[NULL::text]
  );
  SELECT croid INTO _croid FROM nauvis.deposit_record WHERE deposit_id = _deposit;
  BEGIN
    PERFORM nauvis.ask_callback(_deposit, 'https://example.org/');
    RAISE EXCEPTION 'asked without a secret';
  EXCEPTION WHEN SQLSTATE 'NX371' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.set_callback_secret(_one, repeat('a', 40), '0', _depositor);
    RAISE EXCEPTION 'a secret made by a depositor';
  EXCEPTION WHEN SQLSTATE 'NX314' THEN
    NULL;
  END;
  PERFORM nauvis.set_callback_secret(_one, repeat('a', 40), '1 h', _owner);
  ASSERT (SELECT previous_secret IS NULL FROM nauvis.callback_secret WHERE member_id = _one);
  PERFORM nauvis.set_callback_secret(_one, repeat('b', 40), '1 h', NULL);
  ASSERT (SELECT previous_secret = repeat('a', 40) FROM nauvis.callback_secret WHERE member_id = _one);
  PERFORM nauvis.ask_callback(_deposit, 'https://example.org/');
  PERFORM nauvis.ask_callback(_deposit, 'https://example.org/');
  BEGIN
    PERFORM nauvis.ask_callback(_deposit, 'https://example.org/other');
    RAISE EXCEPTION 'two addresses for one deposit';
  EXCEPTION WHEN SQLSTATE 'NX301' THEN
    NULL;
  END;
  ASSERT NOT EXISTS (SELECT FROM nauvis.claim_callbacks(10, 2, '1 min')), 'it waits for the verdict';
  PERFORM nauvis.replay_callback(_deposit, 1, _depositor);
  ASSERT (SELECT state FROM nauvis.callback WHERE deposit_id = _deposit) = 'waiting';
  PERFORM nauvis.settle(ARRAY[_croid], ARRAY[_deposit], ARRAY[1], ARRAY['created']::nauvis.verdict[],
    ARRAY[NULL::uuid], ARRAY[NULL::bigint], ARRAY[NULL], ARRAY[NULL]);
  ASSERT (SELECT state FROM nauvis.callback WHERE deposit_id = _deposit) = 'due';
  SELECT * INTO _claimed FROM nauvis.claim_callbacks(10, 2, '1 min');
  ASSERT (_claimed.secret, _claimed.previous_secret, _claimed.attempt) = (repeat('b', 40), repeat('a', 40), 1);
  ASSERT NOT EXISTS (SELECT FROM nauvis.claim_callbacks(10, 2, '1 min')), 'one sender has it';
  PERFORM nauvis.note_callback(_claimed.callback_id, _claimed.attempt_id, 500, NULL, 5, 2);
  ASSERT (SELECT state = 'due' AND next_at > clock_timestamp() + interval '5 s' FROM nauvis.callback WHERE deposit_id = _deposit);
  UPDATE nauvis.callback SET next_at = clock_timestamp();
  SELECT * INTO _claimed FROM nauvis.claim_callbacks(10, 2, '0');
  ASSERT NOT EXISTS (SELECT FROM nauvis.claim_callbacks(10, 2, '0'));
  ASSERT (SELECT state FROM nauvis.callback WHERE deposit_id = _deposit) = 'dead', 'its last sender did not come back';
  BEGIN
    PERFORM nauvis.replay_callback(_deposit, 1, _rival);
    RAISE EXCEPTION 'sent again by a rival';
  EXCEPTION WHEN SQLSTATE 'NX314' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.replay_callback(_deposit, 2, _depositor);
    RAISE EXCEPTION 'sent again what is not';
  EXCEPTION WHEN SQLSTATE 'NX373' THEN
    NULL;
  END;
  PERFORM nauvis.replay_callback(_deposit, 1, _depositor);
  SELECT * INTO _claimed FROM nauvis.claim_callbacks(10, 2, '1 min');
  PERFORM nauvis.note_callback(_claimed.callback_id, _claimed.attempt_id, 204, NULL, 5, 2);
  ASSERT (SELECT state = 'sent' AND sent_at IS NOT NULL AND next_at IS NULL FROM nauvis.callback WHERE deposit_id = _deposit);

  UPDATE nauvis.callback SET state = 'dead', next_at = NULL;
  ASSERT nauvis.replay_dead_callbacks(_two) = 0, 'another member''s';
  ASSERT nauvis.replay_dead_callbacks(_one) = 1;
  ASSERT (SELECT (state, attempts) = ('due', 0) FROM nauvis.callback WHERE deposit_id = _deposit);
  ASSERT nauvis.replay_dead_callbacks(NULL) = 0, 'none is dead';

  -- Corrections.
  BEGIN
    PERFORM nauvis.propose_correction(_nobody, _croid, '10.5555/other', _patch, 'e', NULL);
    RAISE EXCEPTION 'of a DOI that is not the object''s';
  EXCEPTION WHEN SQLSTATE 'NX111' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.propose_correction(_nobody, _croid, '10.5555/c', '[]', 'e', NULL);
    RAISE EXCEPTION 'a patch that does nothing';
  EXCEPTION WHEN SQLSTATE 'NX363' THEN
    NULL;
  END;
  _correction := nauvis.propose_correction(_nobody, _croid, '10.5555/c', _patch, 'e', NULL);
  FOREACH _token IN ARRAY ARRAY[_reader, _rival, NULL] LOOP
    BEGIN
      PERFORM nauvis.hold_correction(_correction, _token);
      RAISE EXCEPTION 'held by who may not decide';
    EXCEPTION WHEN SQLSTATE 'NX313' THEN
      NULL;
    END;
  END LOOP;
  ASSERT (nauvis.hold_correction(_correction, _depositor)).doi = '10.5555/c';
  BEGIN
    PERFORM nauvis.decide_correction(_correction, _depositor, 'accepted', NULL, NULL, NULL);
    RAISE EXCEPTION 'accepted without a deposit';
  EXCEPTION WHEN SQLSTATE 'NX363' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.decide_correction(_correction, _depositor, 'withdrawn', NULL, NULL, NULL);
    RAISE EXCEPTION 'withdrawn by the owner';
  EXCEPTION WHEN SQLSTATE 'NX363' THEN
    NULL;
  END;
  PERFORM nauvis.decide_correction(_correction, _depositor, 'accepted', 'yes', _deposit, NULL);
  ASSERT (SELECT (state, decider_id, deposit_id) = ('accepted', _bot, _deposit) FROM nauvis.correction WHERE correction_id = _correction);
  BEGIN
    PERFORM nauvis.decide_correction(_correction, _owner, 'rejected', NULL, NULL, NULL);
    RAISE EXCEPTION 'decided twice';
  EXCEPTION WHEN SQLSTATE 'NX361' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.hold_correction(uuidv7(), _owner);
    RAISE EXCEPTION 'held what is not';
  EXCEPTION WHEN SQLSTATE 'NX360' THEN
    NULL;
  END;

  _other := nauvis.propose_correction(
    (SELECT bot_id FROM nauvis.member WHERE member_id = _two), _croid, '10.5555/c', _patch, 'e', 'c'
  );
  BEGIN
    PERFORM nauvis.withdraw_correction(_other, _owner);
    RAISE EXCEPTION 'withdrawn by another';
  EXCEPTION WHEN SQLSTATE 'NX362' THEN
    NULL;
  END;
  PERFORM nauvis.withdraw_correction(_other, _rival);
  ASSERT (SELECT state FROM nauvis.correction WHERE correction_id = _other) = 'withdrawn';
  BEGIN
    PERFORM nauvis.withdraw_correction(_other, _rival);
    RAISE EXCEPTION 'withdrawn twice';
  EXCEPTION WHEN SQLSTATE 'NX361' THEN
    NULL;
  END;

  -- Where nobody owns the prefix, an admin decides, with an accepted edit of the object.
  _by_admin := catalog.issue_token(_admin, sha256('s'), NULL, NULL, NULL, NULL);
  _by_editor := catalog.issue_token(_editor, sha256('s'), NULL, NULL, NULL, NULL);
  SELECT r.croid INTO _croid FROM catalog.revise(
    catalog.vulcanus(), 'x', '{}', 'release', ARRAY[uuidv7()],
    ARRAY['{"DOI": "10.7777/n", "title": ["N"]}'], ARRAY['{}'], '{}', '{}', '{}'
  ) AS r;
  _correction := nauvis.propose_correction(_nobody, _croid, '10.7777/n', _patch, 'e', NULL);
  FOREACH _token IN ARRAY ARRAY[_by_editor, _owner, NULL] LOOP
    BEGIN
      PERFORM nauvis.hold_correction(_correction, _token);
      RAISE EXCEPTION 'held by who may not accept';
    EXCEPTION WHEN SQLSTATE 'NX313' THEN
      NULL;
    END;
  END LOOP;
  SELECT a.editgroup_id INTO _group FROM catalog.apply_edits(
    _admin, 'x', NULL, NULL, ARRAY['update']::catalog.edit_action[], ARRAY[_croid],
    ARRAY['release']::catalog.kind[], ARRAY['{"DOI": "10.7777/n", "title": ["M"]}'],
    ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::text]
  ) AS a;
  BEGIN
    PERFORM nauvis.decide_correction(_correction, _by_admin, 'accepted', NULL, NULL, NULL);
    RAISE EXCEPTION 'accepted with nothing';
  EXCEPTION WHEN SQLSTATE 'NX363' THEN
    NULL;
  END;
  PERFORM nauvis.decide_correction(_correction, _by_admin, 'accepted', NULL, NULL, _group);
  ASSERT (SELECT (decider_id, editgroup_id) = (_admin, _group) AND deposit_id IS NULL FROM nauvis.correction WHERE correction_id = _correction);
END
$$;
