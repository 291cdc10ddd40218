-- Propose, accept, read back: parts are split off and put together again.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _body CONSTANT jsonb := '{"DOI": "10.5555/a", "type": "book", "author": [{"family": "Ng"}], "issued": {"date-parts": [[2020]]}}';
  _group uuid;
  _row record;
  _again record;
  _index bigint;
  _clock catalog.clock;
  _log catalog.changelog;
BEGIN
  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'a test', '{"run_id": "x"}') AS o;
  SELECT * INTO _row FROM catalog.add_edits(
    _group, _vulcanus, '{create}', ARRAY[_croid], '{release}', ARRAY[_body::text], '{}', '{}', '{}', ARRAY['{"why": "new"}']
  );
  ASSERT _row.croid = _croid AND _row.action = 'create' AND _row.previous_revision_id IS NULL;
  ASSERT (SELECT state FROM catalog.ident WHERE croid = _croid) = 'wip';
  ASSERT (SELECT body ? 'author' FROM catalog.revision WHERE revision_id = _row.revision_id) = false;
  ASSERT (SELECT parts FROM catalog.revision WHERE revision_id = _row.revision_id)
    = ARRAY[
      catalog.hash_part('*', jsonb_build_object('issued', _body -> 'issued')),
      catalog.hash_part('author', _body -> 'author')
    ];
  ASSERT catalog.read_body(_croid, _row.revision_id)::jsonb = _body;
  ASSERT catalog.read_body(_croid, uuidv7()) IS NULL;
  ASSERT catalog.lock_idents(_group) = ARRAY[_croid];
  PERFORM catalog.check_bases(_group);

  _index := catalog.accept(_group, _vulcanus);
  SELECT * INTO _log FROM catalog.changelog WHERE index = _index;
  SELECT * INTO _clock FROM catalog.clock;
  ASSERT _log.editgroup_id = _group AND _log.edit_count = 1 AND _log.accepted_by = _vulcanus;
  ASSERT (_clock.index, _clock.hash) = (_index, _log.hash);
  ASSERT (SELECT (state, revision_id) FROM catalog.ident WHERE croid = _croid) = ('active'::catalog.state, _row.revision_id);
  ASSERT (SELECT status FROM catalog.editgroup WHERE editgroup_id = _group) = 'accepted';
  ASSERT (SELECT doi FROM catalog.release WHERE croid = _croid) = '10.5555/a';
  ASSERT (SELECT state FROM catalog.hold_idents(ARRAY[_croid, uuidv7()])) = 'active';

  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'the same') AS o;
  SELECT * INTO _again FROM catalog.add_edits(
    _group, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY[_body::text], '{}', '{}', '{}', '{}'
  );
  ASSERT _again.revision_id = _row.revision_id, 'equal content makes no revision';
  PERFORM catalog.withdraw(_group, _vulcanus);

  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'other') AS o;
  SELECT * INTO _again FROM catalog.add_edits(
    _group, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY[(_body - 'author' || '{"volume": "7"}')::text],
    '{}', '{}', '{}', '{}'
  );
  ASSERT _again.action = 'update' AND _again.previous_revision_id = _row.revision_id;
  ASSERT catalog.list_changed_members(_croid, _row.revision_id, _again.revision_id) = ARRAY['/author', '/volume'];
  ASSERT catalog.list_changed_members(_croid, NULL, _row.revision_id) = ARRAY['/DOI', '/author', '/issued', '/type'];
  ASSERT catalog.list_changed_members(_croid, _row.revision_id, _row.revision_id) = '{}';
  ASSERT catalog.accept(_group, _vulcanus) = _index + 1;
END
$$;

-- The chain: each hash follows from the one before, the number, the editgroup and what it changed.
DO $$
DECLARE
  _before catalog.clock;
  _log catalog.changelog;
  _editgroup uuid := uuidv7();
BEGIN
  SELECT * INTO _before FROM catalog.clock;
  INSERT INTO catalog.editgroup (editgroup_id, editor_id) VALUES (_editgroup, '00000000-0000-7000-8000-000000000001');
  ASSERT catalog.hash_editgroup(_editgroup) = sha256(''), 'an empty editgroup changes nothing';
  ASSERT catalog.append_changelog(_editgroup, '00000000-0000-7000-8000-000000000001', 0) = _before.index + 1;
  SELECT * INTO _log FROM catalog.changelog WHERE editgroup_id = _editgroup;
  ASSERT _log.hash = sha256(
    _before.hash || int8send(_log.index) || uuid_send(_editgroup) || catalog.hash_editgroup(_editgroup)
  );
END
$$;

-- What was proposed against another state is refused, and says which objects.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _one uuid;
  _two uuid;
  _detail text;
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_croid], '{release}', ARRAY['{"DOI": "10.5555/b"}'], '{}', '{}', '{}', '{}'
  );
  SELECT o.editgroup_id INTO _one FROM catalog.open_editgroup(_vulcanus) AS o;
  PERFORM catalog.add_edits(
    _one, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY['{"DOI": "10.5555/b.1"}'], '{}', '{}', '{}', '{}'
  );
  SELECT o.editgroup_id INTO _two FROM catalog.open_editgroup(_vulcanus) AS o;
  PERFORM catalog.add_edits(
    _two, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY['{"DOI": "10.5555/c"}'], '{}', '{}', '{}', '{}'
  );
  PERFORM catalog.accept(_two, _vulcanus);
  BEGIN
    PERFORM catalog.check_bases(_one);
    RAISE EXCEPTION 'a stale base passed';
  EXCEPTION WHEN SQLSTATE 'NX201' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = croid.encode(_croid), _detail;
  END;
  BEGIN
    PERFORM catalog.accept(_two, _vulcanus);
    RAISE EXCEPTION 'accepted twice';
  EXCEPTION WHEN SQLSTATE 'NX202' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = _two || ' is accepted', _detail;
  END;
  BEGIN
    PERFORM catalog.accept(uuidv7(), _vulcanus);
    RAISE EXCEPTION 'accepted nothing';
  EXCEPTION WHEN SQLSTATE 'NX200' THEN
    NULL;
  END;
END
$$;
