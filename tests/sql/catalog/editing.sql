-- The life of an editgroup: opened, filled, offered, taken back, annotated, accepted; and what is refused on the way.
DO $$
DECLARE
  _ann uuid;
  _bob uuid;
  _admin uuid;
  _bot uuid;
  _group uuid;
  _other uuid;
  _again record;
  _one record;
  _croid uuid;
  _second uuid;
  _index bigint;
  _detail text;
  _row record;
BEGIN
  INSERT INTO catalog.editor (username) VALUES ('ann') RETURNING editor_id INTO _ann;
  INSERT INTO catalog.editor (username) VALUES ('bob') RETURNING editor_id INTO _bob;
  INSERT INTO catalog.editor (username, role) VALUES ('root', 'admin') RETURNING editor_id INTO _admin;
  INSERT INTO catalog.editor (username, is_bot) VALUES ('checker', true) RETURNING editor_id INTO _bot;

  SELECT * INTO _again FROM catalog.open_editgroup(_ann, 'mine', '{"x": 1}', 'key');
  _group := _again.editgroup_id;
  ASSERT _again.is_new AND _again.status = 'open';
  SELECT * INTO _again FROM catalog.open_editgroup(_ann, 'mine', '{"x": 1}', 'key');
  ASSERT _again.editgroup_id = _group AND NOT _again.is_new;
  ASSERT (SELECT o.is_new FROM catalog.open_editgroup(_bob, 'mine', NULL, 'key') AS o);

  SELECT * INTO _one FROM catalog.add_edits(
    _group, _ann, '{create}', ARRAY[NULL::uuid], '{release}',
    ARRAY['{"DOI": "10.5555/ed.1", "title": ["A"], "author": [{"family": "Ng"}]}'],
    ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY['{"why": "new"}']
  );
  _croid := _one.croid;
  ASSERT _one.n = 1 AND _one.previous_revision_id IS NULL AND _one.kind = 'release';
  ASSERT (SELECT state FROM catalog.ident WHERE croid = _croid) = 'wip';
  ASSERT (SELECT cardinality(parts) FROM catalog.revision WHERE revision_id = _one.revision_id) = 1;
  ASSERT catalog.read_body(_croid, _one.revision_id)::jsonb ->> 'DOI' = '10.5555/ed.1';

  FOR _row IN
    SELECT *
    FROM (
      VALUES
      ('another editor', _bob, 'create', NULL, 'release', '{}', NULL, NULL, 'NX220'),
      ('a second edit', _ann, 'update', _croid, NULL, '{}', NULL, NULL, 'NX222'),
      ('no content', _ann, 'create', NULL, 'release', NULL, NULL, NULL, 'NX223'),
      ('no kind', _ann, 'create', NULL, NULL, '{}', NULL, NULL, 'NX223'),
      ('layers of its own', _ann, 'create', NULL, 'release', '{}', NULL, '{"layers": []}', 'NX223'),
      ('a list', _ann, 'create', NULL, 'release', '[]', NULL, NULL, 'NX204'),
      ('no JSON', _ann, 'create', NULL, 'release', '{"a": "\u0000"}', NULL, NULL, 'NX204'),
      ('unknown', _ann, 'update', uuidv7(), NULL, '{}', NULL, NULL, 'NX111'),
      ('merge of a wip', _ann, 'redirect', _croid, NULL, NULL, _croid, NULL, 'NX222')
    ) AS r (what, editor, action, croid, kind, body, target, extra, code)
  LOOP
    BEGIN
      PERFORM catalog.add_edits(
        _group, _row.editor, ARRAY[_row.action::catalog.edit_action], ARRAY[_row.croid],
        ARRAY[_row.kind::catalog.kind], ARRAY[_row.body], ARRAY[_row.target], ARRAY[NULL::uuid],
        ARRAY[NULL::uuid], ARRAY[_row.extra]
      );
      RAISE EXCEPTION 'taken: %', _row.what;
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _row.code, format('%s: %s %s', _row.what, SQLSTATE, SQLERRM);
    END;
  END LOOP;

  PERFORM catalog.submit(_group, _ann);
  PERFORM catalog.submit(_group, _ann);
  ASSERT (SELECT (status, submitted_at IS NOT NULL) FROM catalog.editgroup WHERE editgroup_id = _group)
    = ('submitted'::catalog.editgroup_status, true);
  PERFORM catalog.unsubmit(_group, _admin);
  ASSERT (SELECT status FROM catalog.editgroup WHERE editgroup_id = _group) = 'open';

  PERFORM catalog.require_check(_admin, 'spelling', 'Are the words spelt well?');
  BEGIN
    PERFORM catalog.accept(_group, _admin);
    RAISE EXCEPTION 'accepted without its check';
  EXCEPTION WHEN SQLSTATE 'NX226' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = 'spelling is missing', _detail;
  END;
  BEGIN
    PERFORM catalog.annotate(_group, _ann, NULL, NULL, 'spelling', true);
    RAISE EXCEPTION 'anybody gives results';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    NULL;
  END;
  ASSERT catalog.annotate(_group, _ann, 'please **look**', '{"a": 1}') IS NOT NULL;
  PERFORM catalog.annotate(_group, _bot, NULL, NULL, 'spelling', false);
  BEGIN
    PERFORM catalog.check_results(_group);
    RAISE EXCEPTION 'a failed check passed';
  EXCEPTION WHEN SQLSTATE 'NX226' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = 'spelling failed', _detail;
  END;
  PERFORM catalog.annotate(_group, _bot, 'better', NULL, 'spelling', true);
  PERFORM catalog.check_results(_group);
  SELECT e.croid INTO _second FROM catalog.add_edits(
    _group, _ann, '{create}', ARRAY[NULL::uuid], '{release}', ARRAY['{"DOI": "10.5555/ed.2"}'],
    ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL]
  ) AS e;
  BEGIN
    PERFORM catalog.check_results(_group);
    RAISE EXCEPTION 'the check of other edits counted';
  EXCEPTION WHEN SQLSTATE 'NX226' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = 'spelling is older than the edits', _detail;
  END;
  PERFORM catalog.delete_edit(_group, (SELECT edit_id FROM catalog.edit WHERE croid = _second), _ann);
  ASSERT NOT EXISTS (SELECT FROM catalog.ident WHERE croid = _second), 'an object nobody proposes any more';
  PERFORM catalog.check_results(_group);
  BEGIN
    PERFORM catalog.accept(_group, _ann);
    RAISE EXCEPTION 'accepted by an editor';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    NULL;
  END;
  _index := catalog.accept(_group, _admin);
  ASSERT catalog.waive_check(_admin, 'spelling') AND NOT catalog.waive_check(_admin, 'spelling');
  ASSERT (SELECT state FROM catalog.ident WHERE croid = _croid) = 'active';
  ASSERT (SELECT message ->> 'index' FROM pgmq.q_vulcanus_edited ORDER BY msg_id DESC LIMIT 1) = _index::text;
  FOR _row IN
    SELECT *
    FROM (
      VALUES
      (format('catalog.submit(%L, %L)', _group, _ann), 'NX202'),
      (format('catalog.unsubmit(%L, %L)', _group, _ann), 'NX202'),
      (format('catalog.withdraw(%L, %L)', _group, _ann), 'NX202'),
      (format('catalog.accept(%L, %L)', _group, _admin), 'NX202'),
      (format('catalog.delete_edit(%L, %L, %L)', _group, _one.edit_id, _ann), 'NX202'),
      (format('catalog.annotate(%L, %L, NULL, NULL, %L, true)', _group, _bot, 'spelling'), 'NX202'),
      (format('catalog.hold_editgroup(%L)', uuidv7()), 'NX200'),
      (format('catalog.hold_own_editgroup(%L, %L)', _group, _ann), 'NX202'),
      (format('catalog.check_editor(%L)', uuidv7()), 'NX220'),
      (format('catalog.require_check(%L, %L, %L)', _ann, 'x', 'x'), 'NX220')
    ) AS r (call, code)
  LOOP
    BEGIN
      EXECUTE 'SELECT ' || _row.call;
      RAISE EXCEPTION 'went through: %', _row.call;
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _row.code, format('%s: %s %s', _row.call, SQLSTATE, SQLERRM);
    END;
  END LOOP;

  -- What is withdrawn leaves nothing behind but its history.
  SELECT o.editgroup_id INTO _other FROM catalog.open_editgroup(_bob) AS o;
  SELECT e.croid INTO _second FROM croid.reserve('doi', ARRAY['10.5555/ed.reserved'], 'release') AS r
  CROSS JOIN LATERAL catalog.add_edits(
    _other, _bob, '{create}', ARRAY[r.croid], '{release}', ARRAY['{"DOI": "10.5555/ed.reserved"}'],
    ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL]
  ) AS e;
  ASSERT catalog.free_unborn(ARRAY[_second, _croid]) = 0, 'it is proposed, or live';
  PERFORM catalog.withdraw(_other, _bob);
  ASSERT NOT EXISTS (SELECT FROM catalog.ident WHERE croid = _second);
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE croid = _second);
  ASSERT (SELECT count(*) FROM catalog.edit WHERE editgroup_id = _other) = 1;
END
$$;

-- All at one go, again under the same key, and undone; content that was taken away.
DO $$
DECLARE
  _admin uuid;
  _croids uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7()];
  _nothing CONSTANT uuid[] := ARRAY[NULL, NULL, NULL]::uuid[];
  _first record;
  _second record;
  _revision uuid;
  _hash bytea;
  _undo uuid;
  _again uuid;
  _row record;
BEGIN
  INSERT INTO catalog.editor (username, role) VALUES ('root2', 'admin') RETURNING editor_id INTO _admin;
  SELECT * INTO _first FROM catalog.apply_edits(
    _admin, 'batch', '{}', 'k1', '{create,create,create}', _croids, '{release,release,container}',
    ARRAY['{"DOI": "10.5555/b.1", "abstract": "A"}', '{"DOI": "10.5555/b.2"}', '{"name": "C"}'], _nothing, _nothing,
    _nothing, ARRAY[NULL, NULL, NULL]
  );
  ASSERT _first.is_new;
  SELECT * INTO _second FROM catalog.apply_edits(
    _admin, 'batch', '{}', 'k1', '{create,create,create}', _croids, '{release,release,container}',
    ARRAY['{"DOI": "10.5555/b.1", "abstract": "A"}', '{"DOI": "10.5555/b.2"}', '{"name": "C"}'], _nothing, _nothing,
    _nothing, ARRAY[NULL, NULL, NULL]
  );
  ASSERT (_second.editgroup_id, _second.index, _second.is_new) = (_first.editgroup_id, _first.index, false);
  BEGIN
    PERFORM catalog.apply_edits(
      _admin, 'other', '{}', 'k1', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'
    );
    RAISE EXCEPTION 'the key was taken for something else';
  EXCEPTION WHEN SQLSTATE 'NX228' THEN
    NULL;
  END;
  SELECT revision_id INTO _revision FROM catalog.ident WHERE croid = _croids[1];
  SELECT * INTO _second FROM catalog.apply_edits(
    _admin, 'mixed', NULL, NULL, '{update,redirect,delete}', _croids, ARRAY[NULL, NULL, NULL]::catalog.kind[],
    ARRAY['{"DOI": "10.5555/b.1", "volume": "2"}', NULL, NULL], ARRAY[NULL, _croids[1], NULL], _nothing,
    ARRAY[_revision, NULL, NULL], ARRAY[NULL, NULL, NULL]
  );
  ASSERT _second.index = _first.index + 1;
  ASSERT (SELECT array_agg(state::text ORDER BY croid) FROM catalog.ident WHERE croid = ANY (_croids))
    = ARRAY['active', 'redirect', 'deleted'];
  ASSERT croid.resolve('doi', '10.5555/b.2') = _croids[1];
  BEGIN
    PERFORM catalog.revert_editgroup(_first.editgroup_id, _admin);
    RAISE EXCEPTION 'what changed since was undone';
  EXCEPTION WHEN SQLSTATE 'NX201' THEN
    NULL;
  END;

  SELECT content_hash INTO _hash FROM catalog.revision WHERE revision_id = _revision;
  PERFORM catalog.redact_revision(_croids[1], _revision, _admin, 'a private letter');
  ASSERT (SELECT (content_hash, parts) FROM catalog.revision WHERE revision_id = _revision) = (_hash, '{}'::bytea[]);
  ASSERT catalog.read_body(_croids[1], _revision)::jsonb #>> '{redacted,reason}' = 'a private letter';
  ASSERT NOT EXISTS (SELECT FROM catalog.part WHERE croid = _croids[1]);
  ASSERT (SELECT reason FROM catalog.redaction WHERE revision_id = _revision) = 'a private letter';
  FOR _row IN
    SELECT *
    FROM (
      VALUES
      (format('catalog.redact_revision(%L, %L, %L, %L)', _croids[1], _revision, _admin, 'x'), 'NX227'),
      (format('catalog.redact_revision(%L, %L, %L, %L)', _croids[1], uuidv7(), _admin, 'x'), 'NX716'),
      (format('catalog.redact_revision(%L, %L, %L, %L)', _croids[1], _revision, _admin, ''), 'NX223'),
      (format('catalog.redact_revision(i.croid, i.revision_id, %L, %L) FROM catalog.ident AS i WHERE i.croid = %L', _admin, 'x', _croids[1]), 'NX225'),
      (format('catalog.revert_editgroup(%L, %L)', _second.editgroup_id, _admin), 'NX227'),
      (format('catalog.revert_editgroup(%L, %L)', uuidv7(), _admin), 'NX200')
    ) AS r (call, code)
  LOOP
    BEGIN
      EXECUTE 'SELECT ' || _row.call;
      RAISE EXCEPTION 'went through: %', _row.call;
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _row.code, format('%s: %s %s', _row.call, SQLSTATE, SQLERRM);
    END;
  END LOOP;

  SELECT a.editgroup_id INTO _undo FROM catalog.apply_edits(
    _admin, 'bring back', NULL, NULL, '{update,update}', _croids[2:3], ARRAY[NULL, NULL]::catalog.kind[],
    ARRAY['{"DOI": "10.5555/b.2"}', '{"name": "C"}'], _nothing[1:2], _nothing[1:2], _nothing[1:2], ARRAY[NULL, NULL]
  ) AS a;
  ASSERT croid.resolve('doi', '10.5555/b.2') = _croids[2], 'split again';
  SELECT r.editgroup_id INTO _again FROM catalog.revert_editgroup(_undo, _admin, NULL, 'undo') AS r;
  ASSERT (SELECT NOT r.is_new AND r.editgroup_id = _again FROM catalog.revert_editgroup(_undo, _admin, NULL, 'undo') AS r);
  ASSERT (SELECT array_agg(action::text ORDER BY croid) FROM catalog.edit WHERE editgroup_id = _again)
    = ARRAY['redirect', 'delete'];
  PERFORM catalog.accept(_again, _admin);
  ASSERT (SELECT array_agg(state::text ORDER BY croid) FROM catalog.ident WHERE croid = ANY (_croids))
    = ARRAY['active', 'redirect', 'deleted'];
  ASSERT croid.resolve('doi', '10.5555/b.2') = _croids[1], 'merged again';
END
$$;

-- The steps of the functions above, each by itself: what they refuse and what they let through.
DO $$
DECLARE
  _admin uuid;
  _one CONSTANT uuid := uuidv7();
  _two CONSTANT uuid := uuidv7();
  _three CONSTANT uuid := uuidv7();
  _work CONSTANT uuid := uuidv7();
  _group uuid;
  _late uuid;
  _detail text;
  _row record;
BEGIN
  INSERT INTO catalog.editor (username, role) VALUES ('root3', 'admin') RETURNING editor_id INTO _admin;
  PERFORM catalog.apply_edits(
    _admin, '', NULL, NULL, '{create,create,create,create}', ARRAY[_one, _two, _three, _work],
    '{release,release,release,work}', ARRAY['{"DOI": "10.5555/m.1"}', '{"DOI": "10.5555/m.2"}', '{"DOI": "10.5555/m.3"}', '{}'],
    array_fill(NULL::uuid, ARRAY[4]), array_fill(NULL::uuid, ARRAY[4]), array_fill(NULL::uuid, ARRAY[4]),
    array_fill(NULL::text, ARRAY[4])
  );
  PERFORM catalog.check_contents('{delete}', '{NULL}', '{NULL}', '{"{}"}');
  -- Proposed while nothing stood against it.
  SELECT o.editgroup_id INTO _late FROM catalog.open_editgroup(_admin) AS o;
  PERFORM catalog.add_edits(
    _late, _admin, '{redirect}', ARRAY[_one], '{NULL}', '{NULL}', ARRAY[_two], '{NULL}', '{NULL}', '{NULL}'
  );
  PERFORM catalog.check_redirects(_late);
  PERFORM catalog.apply_edits(
    _admin, '', NULL, NULL, '{redirect}', ARRAY[_two], '{NULL}', '{NULL}', ARRAY[_three], '{NULL}', '{NULL}', '{NULL}'
  );
  BEGIN
    PERFORM catalog.check_redirects(_late);
    RAISE EXCEPTION 'a merge into what was merged';
  EXCEPTION WHEN SQLSTATE 'NX201' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = croid.encode(_one), _detail;
  END;
  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_admin) AS o;
  FOR _row IN
    SELECT *
    FROM (
      VALUES
      ('itself', 'redirect', _one, _one, NULL, 'NX224'),
      ('a merged one', 'redirect', _one, _two, NULL, 'NX224'),
      ('what others were merged into', 'redirect', _three, _one, NULL, 'NX224'),
      ('the same again', 'redirect', _two, _three, NULL, 'NX224'),
      ('another kind', 'redirect', _one, _work, NULL, 'NX224'),
      ('nothing', 'redirect', _one, uuidv7(), NULL, 'NX224'),
      ('what it never was', 'revert', _one, NULL, uuidv7(), 'NX716'),
      ('a new one of an old name', 'create', _one, NULL, NULL, 'NX225')
    ) AS r (what, action, croid, target, revision_id, code)
  LOOP
    BEGIN
      PERFORM catalog.check_targets(
        _group, ARRAY[_row.action::catalog.edit_action], ARRAY[_row.croid], '{NULL}', ARRAY[_row.target],
        ARRAY[_row.revision_id], '{NULL}'
      );
      RAISE EXCEPTION 'let through: %', _row.what;
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _row.code, format('%s: %s %s', _row.what, SQLSTATE, SQLERRM);
    END;
  END LOOP;
  BEGIN
    PERFORM catalog.check_targets(_group, '{update}', ARRAY[_one], '{NULL}', '{NULL}', '{NULL}', ARRAY[uuidv7()]);
    RAISE EXCEPTION 'another base was expected';
  EXCEPTION WHEN SQLSTATE 'NX201' THEN
    NULL;
  END;

  -- The same content is the same revision.
  ASSERT (
    SELECT s.revision_id FROM catalog.store_bodies(ARRAY[_one], '{release}', ARRAY['{"DOI": "10.5555/m.1"}']) AS s
  ) = (SELECT i.revision_id FROM catalog.ident AS i WHERE i.croid = _one);
  ASSERT (
    SELECT s.revision_id FROM catalog.store_bodies(ARRAY[_one], '{release}', ARRAY['{"DOI": "10.5555/m.9"}']) AS s
  ) <> (SELECT i.revision_id FROM catalog.ident AS i WHERE i.croid = _one);

  -- What a survivor takes over from one merged into it goes back when it wants it no longer.
  PERFORM catalog.loosen_identifiers('{doi}', '{10.5555/m.2}', ARRAY[_one]);
  ASSERT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5555/m.2'), 'not for anybody';
  PERFORM catalog.loosen_identifiers('{doi}', '{10.5555/m.2}', ARRAY[_three]);
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5555/m.2'), 'for the survivor';
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique) VALUES ('doi', '10.5555/m.2', _three, 'release', true);
  PERFORM catalog.return_identifiers(ARRAY[_three], '{doi,doi}', '{10.5555/m.2,10.5555/m.3}', ARRAY[_three, _three]);
  ASSERT (SELECT croid FROM croid.identifier WHERE value = '10.5555/m.2') = _three, 'it wants it still';
  PERFORM catalog.return_identifiers(ARRAY[_three], '{doi}', '{10.5555/m.3}', ARRAY[_three]);
  ASSERT (SELECT croid FROM croid.identifier WHERE value = '10.5555/m.2') = _two;
  ASSERT catalog.vulcanus() = (SELECT editor_id FROM catalog.editor WHERE username = 'vulcanus');

  -- The triggers of catalog.refuse_change() and catalog.check_redirect_target() hold against the owner.
  FOR _row IN
    SELECT *
    FROM (
      VALUES
      (format('UPDATE catalog.ident SET is_live = false, revision_id = NULL WHERE croid = %L', _one), 'live_never_becomes_wip_again'),
      (format('UPDATE catalog.ident SET kind = %L, revision_id = NULL WHERE croid = %L', 'file', _one), 'kind_never_changes'),
      (format('DELETE FROM catalog.ident WHERE croid = %L', _one), 'live_is_never_removed'),
      (format('WITH wip AS (INSERT INTO catalog.ident (croid, kind) VALUES (%L, %L))
        INSERT INTO catalog.ident (croid, kind, is_live, redirect_to) VALUES (uuidv7(), %2$L, true, %1$L)', uuidv7(), 'release'),
       'redirect_leads_to_live')
    ) AS r (statement, guard)
  LOOP
    DECLARE
      _guard text;
    BEGIN
      EXECUTE _row.statement;
      RAISE EXCEPTION 'went through: %', _row.statement;
    EXCEPTION WHEN check_violation THEN
      GET STACKED DIAGNOSTICS _guard = CONSTRAINT_NAME;
      ASSERT _guard = _row.guard, _guard;
    END;
  END LOOP;
END
$$;
