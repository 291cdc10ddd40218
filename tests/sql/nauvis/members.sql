-- Members own prefixes over time, and have keys with roles.
DO $$
DECLARE
  _today CONSTANT date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  _one integer;
  _two integer;
  _bot uuid;
  _owner uuid;
  _reader uuid;
  _new uuid;
  _sha CONSTANT bytea := sha256('s');
BEGIN
  ASSERT nauvis.list_scopes('reader') = '{member}' AND nauvis.list_scopes('owner') = '{deposit,member}';
  _one := nauvis.create_member('Society of One', ARRAY['10.5555', '10.5556']);
  _two := nauvis.create_member('Second Press', '{}');
  ASSERT _one >= 1000000 AND _two > _one;
  SELECT bot_id INTO _bot FROM nauvis.member WHERE member_id = _one;
  ASSERT (SELECT username = format('member-%s', _one) AND is_bot FROM catalog.editor WHERE editor_id = _bot);
  BEGIN
    PERFORM nauvis.create_member('society OF one', '{}');
    RAISE EXCEPTION 'two members of one name';
  EXCEPTION WHEN SQLSTATE 'NX311' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.create_member(' padded', '{}');
    RAISE EXCEPTION 'a name with blanks around';
  EXCEPTION WHEN SQLSTATE 'NX317' THEN
    NULL;
  END;
  ASSERT (SELECT array_agg(p ORDER BY p) FROM unnest(nauvis.list_foreign(_bot, ARRAY['10.5555/a', '10.1234/b', NULL])) AS p)
    = '{10.1234}', 'a member deposits under its own prefixes alone';
  ASSERT nauvis.list_foreign('00000000-0000-7000-8000-000000000002', ARRAY['10.5555/a', '10.1234/b']) = '{10.5555}',
    'nobody else deposits under a prefix that is owned';

  -- Transfers keep what was.
  BEGIN
    PERFORM nauvis.assign_prefix(_two, '10.5555', NULL, false);
    RAISE EXCEPTION 'taken without a transfer';
  EXCEPTION WHEN SQLSTATE 'NX315' THEN
    NULL;
  END;
  PERFORM nauvis.assign_prefix(_two, '10.5555', _today + 30, true);
  ASSERT (SELECT array_agg((member_id, owned) ORDER BY owned) FROM nauvis.prefix WHERE prefix = '10.5555')
    = ARRAY[(_one, daterange(_today, _today + 30)), (_two, daterange(_today + 30, NULL))];
  ASSERT nauvis.list_foreign(_bot, ARRAY['10.5555/a']) = '{}', 'it is theirs until then';
  PERFORM nauvis.assign_prefix(_two, '10.5556', NULL, true);
  ASSERT (SELECT array_agg(member_id) FROM nauvis.prefix WHERE prefix = '10.5556') = ARRAY[_two], 'received and given away on one day';
  PERFORM nauvis.assign_prefix(_two, '10.5556', NULL, false);
  ASSERT (SELECT count(*) FROM nauvis.prefix WHERE prefix = '10.5556') = 1, 'what one has is not given again';
  BEGIN
    PERFORM nauvis.assign_prefix(_one, '11.5555', NULL, false);
    RAISE EXCEPTION 'no prefix of DOIs';
  EXCEPTION WHEN SQLSTATE 'NX312' THEN
    NULL;
  END;
  BEGIN
    INSERT INTO nauvis.prefix (prefix, member_id, owned) VALUES ('10.5555', _two, daterange(_today, _today + 2));
    RAISE EXCEPTION 'two owners on one day';
  EXCEPTION WHEN exclusion_violation THEN
    NULL;
  END;

  -- Owners manage keys, holders give up or renew their own, others do neither.
  _owner := nauvis.issue_key(_one, 'owner', _sha, 'Ada', NULL, NULL, NULL);
  _reader := nauvis.issue_key(_one, 'reader', _sha, NULL, 'reports', NULL, _owner);
  ASSERT (SELECT (member_id, name, role) FROM nauvis.find_key(_reader)) = (_one, 'Society of One'::text, 'reader'::nauvis.member_role);
  ASSERT (SELECT scopes FROM catalog.token WHERE token_id = _reader) = '{member}';
  ASSERT (nauvis.hold_member(_one, _reader, 'reader')).bot_id = _bot;
  BEGIN
    PERFORM nauvis.issue_key(_one, 'owner', _sha, NULL, NULL, NULL, _reader);
    RAISE EXCEPTION 'a reader issues keys';
  EXCEPTION WHEN SQLSTATE 'NX314' THEN
    NULL;
  END;
  BEGIN
    PERFORM nauvis.issue_key(_two, 'reader', _sha, NULL, NULL, NULL, _owner);
    RAISE EXCEPTION 'a key for another member';
  EXCEPTION WHEN SQLSTATE 'NX314' THEN
    NULL;
  END;
  _new := nauvis.rotate_key(_one, _reader, _sha, '1 hour', _reader);
  ASSERT (SELECT (role, rotated_from) FROM nauvis.api_key WHERE token_id = _new) = ('reader'::nauvis.member_role, _reader);
  ASSERT (SELECT expires_at - clock_timestamp() BETWEEN '59 minutes' AND '1 hour' FROM catalog.token WHERE token_id = _reader);
  ASSERT EXISTS (SELECT FROM nauvis.find_key(_reader)), 'good for a while yet';
  _new := nauvis.rotate_key(_one, _new, _sha, '0', _owner);
  ASSERT NOT EXISTS (SELECT FROM nauvis.api_key AS k, nauvis.find_key(k.rotated_from) WHERE k.token_id = _new);
  BEGIN
    PERFORM nauvis.revoke_key(_one, _owner, _new);
    RAISE EXCEPTION 'a reader revokes the key of an owner';
  EXCEPTION WHEN SQLSTATE 'NX314' THEN
    NULL;
  END;
  PERFORM nauvis.revoke_key(_one, _new, _new);
  BEGIN
    PERFORM nauvis.rotate_key(_one, _new, _sha, '0', _owner);
    RAISE EXCEPTION 'a revoked key is renewed';
  EXCEPTION WHEN SQLSTATE 'NX316' THEN
    NULL;
  END;
  PERFORM nauvis.set_member_active(_one, false);
  ASSERT NOT EXISTS (SELECT FROM nauvis.find_key(_owner));
  PERFORM nauvis.set_member_active(_one, true);
  ASSERT EXISTS (SELECT FROM nauvis.find_key(_owner));
END
$$;

-- What is under a foreign prefix is refused alone; what is foreign whole is refused whole.
DO $$
DECLARE
  _found record;
BEGIN
  _found := nauvis.refuse_foreign('{10.5555}', false, '{10.5555/a,10.1/b,10.5555/c}', '{f,f,t}', '{NULL,NULL,[]}');
  ASSERT _found.refused = '{t,f,t}';
  ASSERT _found.problems[1]::jsonb -> 0 ->> 'code' = 'not-your-prefix' AND _found.problems[2] IS NULL AND _found.problems[3] = '[]';
  _found := nauvis.refuse_foreign('{10.5555}', true, '{10.5555/a,10.5555/b}', '{f,t}', '{NULL,[]}');
EXCEPTION WHEN SQLSTATE 'NX313' THEN
  _found := nauvis.refuse_foreign('{10.5555}', false, '{10.5555/a,10.1/b}', '{f,f}', '{NULL,NULL}');
  ASSERT _found.refused = '{t,f}';
END
$$;
