-- Content is given in one step: new, the same, other; the parts come apart and are read as one.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _made record;
  _again record;
  _log catalog.changelog;
  _edit catalog.edit;
BEGIN
  SELECT * INTO _made FROM catalog.revise(
    _vulcanus, 'a test', '{"run_id": "x"}', 'release', ARRAY[_croid],
    ARRAY['{"DOI": "10.5555/r", "type": "book"}'], ARRAY['{"layers": []}'],
    ARRAY[_croid], ARRAY['author'], ARRAY['[{"family": "Ng"}]']
  );
  ASSERT _made.croid = _croid AND _made.action = 'create';
  SELECT * INTO _log FROM catalog.changelog AS c ORDER BY c.index DESC LIMIT 1;
  ASSERT _made.index = _log.index AND _log.edit_count = 1;
  ASSERT (SELECT (i.state, i.revision_id) FROM catalog.ident AS i WHERE i.croid = _croid)
    = ('active'::catalog.state, _made.revision_id);
  SELECT * INTO _edit FROM catalog.edit AS e WHERE e.croid = _croid;
  ASSERT _edit.action = 'create' AND _edit.extra = '{"layers": []}';
  ASSERT _edit.editgroup_id = _log.editgroup_id AND _edit.previous_revision_id IS NULL;
  ASSERT (SELECT (g.status, g.extra ->> 'run_id') FROM catalog.editgroup AS g
          WHERE g.editgroup_id = _log.editgroup_id) = ('accepted'::catalog.editgroup_status, 'x'::text);
  ASSERT catalog.read_body(_croid, _made.revision_id)::jsonb
    = '{"DOI": "10.5555/r", "type": "book", "author": [{"family": "Ng"}]}';
  ASSERT (SELECT c.family_name FROM catalog.contributor AS c WHERE c.croid = _croid) = 'Ng';

  SELECT * INTO _again FROM catalog.revise(
    _vulcanus, 'the same', '{}', 'release', ARRAY[_croid],
    ARRAY['{"type": "book", "DOI": "10.5555/r"}'], ARRAY['{}'],
    ARRAY[_croid], ARRAY['author'], ARRAY['[{"family": "Ng"}]']
  );
  ASSERT (_again.action, _again.revision_id) = ('unchanged', _made.revision_id);
  ASSERT _again.index IS NULL AND (SELECT k.index FROM catalog.clock AS k) = _made.index;

  SELECT * INTO _again FROM catalog.revise(
    _vulcanus, 'other', '{}', 'release', ARRAY[_croid],
    ARRAY['{"DOI": "10.5555/r", "type": "book"}'], ARRAY['{}'], '{}', '{}', '{}'
  );
  ASSERT (_again.action, _again.index) = ('update', _made.index + 1);
  ASSERT NOT EXISTS (SELECT FROM catalog.contributor AS c WHERE c.croid = _croid);
  ASSERT (SELECT e.previous_revision_id FROM catalog.edit AS e
          WHERE e.croid = _croid AND e.action = 'update') = _made.revision_id;
END
$$;

-- A part left in its body would be hashed as something else: it is refused.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.revise(
    '00000000-0000-7000-8000-000000000001', 'a test', '{}', 'release', ARRAY[_croid],
    ARRAY['{"DOI": "10.5555/w", "author": []}'], ARRAY['{}'], '{}', '{}', '{}'
  );
  RAISE EXCEPTION 'it was taken';
EXCEPTION WHEN SQLSTATE 'NX204' THEN
  NULL;
END
$$;

-- What is written is told by object; nothing is projected or numbered by it.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _written record;
BEGIN
  SELECT * INTO _written FROM catalog.write_revisions(
    uuidv7(), 'release', ARRAY[_croid], ARRAY['{"type": "book"}'], ARRAY['{}'], '{}', '{}', '{}'
  );
  ASSERT (_written.written, _written.actions) = (ARRAY[_croid], ARRAY['create']);
  ASSERT _written.whole IS NULL AND cardinality(_written.revision_ids) = 1;
  ASSERT NOT EXISTS (SELECT FROM catalog.release AS r WHERE r.croid = _croid);
END
$$;

-- What did not change is not written again: rows of the parts stay as they are with a new title.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _people CONSTANT text := '[{"family": "Ng", "affiliation": [{"name": "X"}]}]';
  _row tid;
BEGIN
  PERFORM catalog.revise(
    _vulcanus, 'a test', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/k", "title": ["One"]}'], ARRAY['{}'],
    ARRAY[_croid, _croid], ARRAY['author', 'reference'], ARRAY[_people, '[{"DOI": "10.5555/c"}]']
  );
  ASSERT catalog.list_kept_parts(ARRAY[_croid]) = '{}', 'the rows are of this very revision';
  SELECT c.ctid INTO _row FROM catalog.contributor AS c WHERE c.croid = _croid;
  PERFORM catalog.revise(
    _vulcanus, 'a title', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/k", "title": ["Two"]}'], ARRAY['{}'],
    ARRAY[_croid, _croid], ARRAY['author', 'reference'], ARRAY[_people, '[{"DOI": "10.5555/c"}]']
  );
  ASSERT (SELECT c.ctid FROM catalog.contributor AS c WHERE c.croid = _croid) = _row, 'it was written again';
  ASSERT (SELECT r.title FROM catalog.release AS r WHERE r.croid = _croid) = 'Two';
  ASSERT (SELECT count(*) FROM catalog.reference AS r WHERE r.croid = _croid) = 1;
  PERFORM catalog.project(ARRAY[_croid]);
  ASSERT (SELECT c.ctid FROM catalog.contributor AS c WHERE c.croid = _croid) <> _row, 'a repair writes all';
  PERFORM catalog.revise(
    _vulcanus, 'other people', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/k", "title": ["Two"]}'], ARRAY['{}'],
    ARRAY[_croid], ARRAY['author'], ARRAY['[{"family": "Li"}]']
  );
  ASSERT (SELECT c.family_name FROM catalog.contributor AS c WHERE c.croid = _croid) = 'Li';
  ASSERT NOT EXISTS (SELECT FROM catalog.reference AS r WHERE r.croid = _croid);
  ASSERT NOT EXISTS (SELECT FROM catalog.affiliation AS a WHERE a.croid = _croid);
END
$$;

-- What is known is moved, what is not becomes an object; a revision that is not there is refused.
DO $$
DECLARE
  _known CONSTANT uuid := uuidv7();
  _fresh CONSTANT uuid := uuidv7();
  _first record;
  _second record;
BEGIN
  SELECT w.revision_ids INTO _first FROM catalog.write_revisions(
    uuidv7(), 'release', ARRAY[_known], ARRAY['{"type": "book"}'], ARRAY['{}'], '{}', '{}', '{}'
  ) AS w;
  ASSERT NOT EXISTS (SELECT FROM catalog.ident AS i WHERE i.croid = _known);
  PERFORM catalog.point_idents('release', ARRAY[_known], _first.revision_ids, ARRAY[false]);
  SELECT w.revision_ids INTO _second FROM catalog.write_revisions(
    uuidv7(), 'release', ARRAY[_known, _fresh], ARRAY['{"type": "report"}', '{"type": "book"}'],
    ARRAY['{}', '{}'], '{}', '{}', '{}'
  ) AS w;
  PERFORM catalog.point_idents(
    'release', ARRAY[_known, _fresh], _second.revision_ids, ARRAY[true, false]
  );
  ASSERT (
    SELECT array_agg(i.revision_id ORDER BY i.croid) FROM catalog.ident AS i
    WHERE i.croid IN (_known, _fresh) AND i.state = 'active'
  ) = _second.revision_ids;
  PERFORM catalog.point_idents('release', ARRAY[uuidv7()], _second.revision_ids[1:1], ARRAY[false]);
  RAISE EXCEPTION 'it was taken';
EXCEPTION WHEN foreign_key_violation THEN
  NULL;
END
$$;
