-- An editor is made by an admin or the operator, under a name that nobody has, whatever its case.
DO $$
DECLARE
  _ada uuid;
  _bob uuid;
  _slug text;
  _bad text;
BEGIN
  _ada := catalog.create_editor('Ada.L', 'admin', false, NULL);
  _bob := catalog.create_editor('bob', 'editor', true, _ada);
  ASSERT (SELECT (e.username, e.role, e.is_bot, e.is_active) FROM catalog.editor AS e
          WHERE e.editor_id = _bob) = ('bob'::text, 'editor'::catalog.editor_role, true, true);
  PERFORM catalog.rename_editor(_bob, 'BOB', _bob);
  FOREACH _bad IN ARRAY ARRAY['ab', '1abc', 'a b', '', repeat('a', 26), 'müller', E'abc\n', NULL] LOOP
    BEGIN
      PERFORM catalog.check_username(_bad);
      RAISE EXCEPTION '% passed', _bad;
    EXCEPTION WHEN SQLSTATE 'NX242' THEN
      NULL;
    END;
  END LOOP;
  BEGIN
    PERFORM catalog.create_editor('ada.l', 'editor', false, NULL);
    RAISE EXCEPTION 'a name was given twice';
  EXCEPTION WHEN SQLSTATE 'NX243' THEN
    NULL;
  END;
  BEGIN
    PERFORM catalog.rename_editor(_bob, 'ADA.L', _bob);
    RAISE EXCEPTION 'a name was taken over';
  EXCEPTION WHEN SQLSTATE 'NX243' THEN
    NULL;
  END;
  BEGIN
    PERFORM catalog.create_editor('carol', 'editor', false, _bob);
    RAISE EXCEPTION 'an editor made an editor';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    GET STACKED DIAGNOSTICS _slug = MESSAGE_TEXT;
    ASSERT _slug = 'not-allowed';
  END;
END
$$;

-- Who may change whom: oneself in name, admins all but the system's own, an admin kept out nobody.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _ada CONSTANT uuid := catalog.create_editor('ada-1', 'admin', false, NULL);
  _bob CONSTANT uuid := catalog.create_editor('robert', 'editor', false, NULL);
  _eve CONSTANT uuid := catalog.create_editor('eve', 'editor', false, NULL);
  _call text;
BEGIN
  ASSERT (catalog.hold_editor(_bob, _bob)).username = 'robert';
  PERFORM catalog.check_admin(_ada);
  PERFORM catalog.check_admin(NULL);
  FOREACH _call IN ARRAY ARRAY[
    format('SELECT catalog.check_admin(%L)', _bob),
    format('SELECT catalog.hold_editor(%L, %L)', _bob, _eve),
    format('SELECT catalog.hold_editor(%L, %L)', _vulcanus, _ada),
    format('SELECT catalog.hold_editor(%L, NULL)', _vulcanus),
    format('SELECT catalog.rename_editor(%L, ''mallory'', %L)', _bob, _eve),
    format('SELECT catalog.set_editor_role(%L, ''admin'', %L)', _bob, _bob),
    format('SELECT catalog.set_editor_active(%L, false, %L)', _bob, _bob),
    format('SELECT catalog.revoke_tokens(%L, %L)', _bob, _eve)
  ] LOOP
    BEGIN
      EXECUTE _call;
      RAISE EXCEPTION '% went through', _call;
    EXCEPTION WHEN SQLSTATE 'NX220' THEN
      NULL;
    END;
  END LOOP;
  PERFORM catalog.set_editor_role(_bob, 'admin', _ada);
  PERFORM catalog.set_editor_active(_ada, false, _bob);
  ASSERT (SELECT array_agg((e.role, e.is_active)::text ORDER BY e.username)
          FROM catalog.editor AS e WHERE e.editor_id IN (_ada, _bob))
    = ARRAY['(admin,f)', '(admin,t)'];
  BEGIN
    PERFORM catalog.check_admin(_ada);
    RAISE EXCEPTION 'an admin that was kept out did something';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    NULL;
  END;
  BEGIN
    PERFORM catalog.hold_editor(uuidv7(), NULL);
    RAISE EXCEPTION 'nobody was held';
  EXCEPTION WHEN SQLSTATE 'NX241' THEN
    NULL;
  END;
END
$$;

-- A token is good for what was asked and its editor's role allows, until it is refused.
DO $$
DECLARE
  _hash CONSTANT bytea := sha256('a secret');
  _ada CONSTANT uuid := catalog.create_editor('ada-2', 'admin', false, NULL);
  _token CONSTANT uuid := catalog.issue_token(_ada, _hash, NULL, NULL, 'of a test', NULL);
  _small uuid;
  _found record;
BEGIN
  SELECT * INTO _found FROM catalog.find_token(_token);
  ASSERT (_found.secret_sha256, _found.editor_id, _found.username) = (_hash, _ada, 'ada-2'::text);
  ASSERT _found.role = 'admin' AND _found.refusal IS NULL;
  ASSERT _found.scopes = ARRAY['accept', 'account', 'admin', 'deposit', 'edit', 'member'];
  ASSERT NOT EXISTS (SELECT FROM catalog.find_token(uuidv7()));

  _small := catalog.issue_token(
    _ada, _hash, ARRAY['edit', 'accept', 'edit'], now() + interval '1 day', NULL, _token
  );
  ASSERT (SELECT f.scopes FROM catalog.find_token(_small) AS f) = ARRAY['accept', 'edit'];
  PERFORM catalog.set_editor_role(_ada, 'editor', NULL);
  ASSERT (SELECT f.scopes FROM catalog.find_token(_small) AS f) = ARRAY['edit'];

  PERFORM catalog.set_editor_active(_ada, false, NULL);
  ASSERT (SELECT f.refusal FROM catalog.find_token(_small) AS f) = 'inactive';
  PERFORM catalog.set_editor_active(_ada, true, NULL);
  ASSERT (SELECT f.refusal FROM catalog.find_token(_small) AS f) IS NULL;

  PERFORM catalog.revoke_token(_ada, _small, _ada);
  ASSERT (SELECT f.refusal FROM catalog.find_token(_small) AS f) = 'revoked';
  ASSERT (SELECT f.refusal FROM catalog.find_token(_token) AS f) IS NULL;

  UPDATE catalog.token
  SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
  WHERE token_id = _token;
  ASSERT (SELECT f.refusal FROM catalog.find_token(_token) AS f) = 'expired';
END
$$;

-- All tokens of an editor are revoked at one go; one issued afterwards is good.
DO $$
DECLARE
  _hash CONSTANT bytea := sha256('a secret');
  _ada CONSTANT uuid := catalog.create_editor('ada-3', 'editor', false, NULL);
  _bob CONSTANT uuid := catalog.create_editor('bob-3', 'editor', false, NULL);
  _before CONSTANT uuid := catalog.issue_token(_ada, _hash, NULL, NULL, NULL, NULL);
  _of_bob CONSTANT uuid := catalog.issue_token(_bob, _hash, NULL, NULL, NULL, NULL);
  _until timestamptz;
  _after uuid;
BEGIN
  _until := catalog.revoke_tokens(_ada, _ada);
  _after := catalog.issue_token(_ada, _hash, NULL, NULL, NULL, NULL);
  ASSERT (SELECT e.tokens_revoked_at FROM catalog.editor AS e WHERE e.editor_id = _ada) = _until;
  ASSERT (SELECT f.refusal FROM catalog.find_token(_before) AS f) = 'revoked';
  ASSERT (SELECT f.refusal FROM catalog.find_token(_after) AS f) IS NULL;
  ASSERT (SELECT f.refusal FROM catalog.find_token(_of_bob) AS f) IS NULL;
  BEGIN
    PERFORM catalog.revoke_token(_ada, _of_bob, _ada);
    RAISE EXCEPTION 'the token of another was revoked';
  EXCEPTION WHEN SQLSTATE 'NX244' THEN
    NULL;
  END;
END
$$;

-- A token gives no more than it has, and nothing once it is refused; what is no token is not issued.
DO $$
DECLARE
  _hash CONSTANT bytea := sha256('a secret');
  _ada CONSTANT uuid := catalog.create_editor('ada-4', 'editor', false, NULL);
  _bob CONSTANT uuid := catalog.create_editor('bob-4', 'admin', false, NULL);
  _small CONSTANT uuid := catalog.issue_token(_ada, _hash, ARRAY['account'], NULL, NULL, NULL);
  _revoked CONSTANT uuid := catalog.issue_token(_ada, _hash, NULL, NULL, NULL, NULL);
  _of_bob CONSTANT uuid := catalog.issue_token(_bob, _hash, NULL, NULL, NULL, NULL);
  _issued uuid;
  _given record;
BEGIN
  PERFORM catalog.revoke_token(_ada, _revoked, NULL);
  _issued := catalog.issue_token(_ada, _hash, NULL, NULL, NULL, _small);
  ASSERT (SELECT f.scopes FROM catalog.find_token(_issued) AS f) = ARRAY['account'];
  FOR _given IN
    SELECT * FROM (VALUES
      ('NX240', ARRAY['edit'], NULL::timestamptz, _small),
      ('NX240', ARRAY['admin'], NULL, NULL),
      ('NX240', ARRAY['edit'], NULL, _revoked),
      ('NX240', ARRAY['edit'], NULL, _of_bob),
      ('NX240', NULL, NULL, _revoked),
      ('NX245', '{}', NULL, NULL),
      ('NX245', ARRAY['edit', NULL], NULL, NULL),
      ('NX245', ARRAY['everything'], NULL, NULL),
      ('NX245', ARRAY['edit'], now() - interval '1 second', NULL)
    ) AS g (code, scopes, expires_at, with_token_id)
  LOOP
    BEGIN
      PERFORM catalog.issue_token(
        _ada, _hash, _given.scopes, _given.expires_at, NULL, _given.with_token_id
      );
      RAISE EXCEPTION '% was issued', _given;
    EXCEPTION WHEN SQLSTATE 'NX240' OR SQLSTATE 'NX245' THEN
      ASSERT SQLSTATE = _given.code, format('%s: %s', _given, SQLERRM);
    END;
  END LOOP;
  PERFORM catalog.set_editor_active(_ada, false, NULL);
  BEGIN
    PERFORM catalog.issue_token(_ada, _hash, NULL, NULL, NULL, NULL);
    RAISE EXCEPTION 'an editor that was kept out got a token';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    NULL;
  END;
END
$$;

-- The use of a token is noted at most once a minute; an editor has 100 in force at most.
DO $$
DECLARE
  _hash CONSTANT bytea := sha256('a secret');
  _eve CONSTANT uuid := catalog.create_editor('eve-5', 'editor', false, NULL);
  _token CONSTANT uuid := catalog.issue_token(_eve, _hash, NULL, NULL, NULL, NULL);
  _other CONSTANT uuid := catalog.issue_token(_eve, _hash, NULL, NULL, NULL, NULL);
  _noted timestamptz;
BEGIN
  ASSERT NOT (SELECT f.is_noted FROM catalog.find_token(_token) AS f);
  PERFORM catalog.note_token(_token);
  SELECT t.last_used_at INTO _noted FROM catalog.token AS t WHERE t.token_id = _token;
  ASSERT _noted IS NOT NULL AND (SELECT f.is_noted FROM catalog.find_token(_token) AS f);
  ASSERT (SELECT t.last_used_at FROM catalog.token AS t WHERE t.token_id = _other) IS NULL;
  PERFORM catalog.note_token(_token);
  ASSERT (SELECT t.last_used_at FROM catalog.token AS t WHERE t.token_id = _token) = _noted;
  UPDATE catalog.token AS t SET last_used_at = _noted - interval '2 minutes' WHERE t.token_id = _token;
  ASSERT NOT (SELECT f.is_noted FROM catalog.find_token(_token) AS f);
  PERFORM catalog.note_token(_token);
  ASSERT (SELECT t.last_used_at FROM catalog.token AS t WHERE t.token_id = _token) >= _noted;
  PERFORM catalog.issue_token(_eve, _hash, NULL, NULL, NULL, NULL) FROM generate_series(1, 98);
  BEGIN
    PERFORM catalog.issue_token(_eve, _hash, NULL, NULL, NULL, NULL);
    RAISE EXCEPTION 'a hundred and first was issued';
  EXCEPTION WHEN SQLSTATE 'NX245' THEN
    NULL;
  END;
  PERFORM catalog.revoke_token(_eve, _other, NULL);
  PERFORM catalog.issue_token(_eve, _hash, NULL, NULL, NULL, NULL);
END
$$;

-- Every scope a token can have is a word with a meaning.
DO $$
BEGIN
  ASSERT (SELECT array_agg(s.scope ORDER BY s.scope) FROM catalog.scope AS s WHERE s.role = 'editor')
    = ARRAY['account', 'deposit', 'edit', 'member'];
END
$$;
