-- What happened to an object is read in order, and what it was at an index or a time.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _first bigint;
  _second bigint;
  _row record;
BEGIN
  SELECT r.index INTO _first FROM catalog.revise(
    _vulcanus, 'the first', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/h"}'],
    ARRAY['{}'], '{}', '{}', '{}'
  ) AS r;
  SELECT r.index INTO _second FROM catalog.revise(
    _vulcanus, 'the second', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/h", "type": "book"}'],
    ARRAY['{}'], '{}', '{}', '{}'
  ) AS r;
  ASSERT (SELECT array_agg((h.index, h.description, h.editor)::text ORDER BY h.index)
          FROM catalog.accepted_edit AS h WHERE h.croid = _croid)
    = ARRAY[(_first, 'the first', 'vulcanus')::text, (_second, 'the second', 'vulcanus')::text];
  SELECT * INTO _row FROM catalog.accepted_edit AS h
  WHERE h.croid = _croid AND h.index <= _first ORDER BY h.index DESC LIMIT 1;
  ASSERT catalog.read_body(_croid, _row.revision_id)::jsonb = '{"DOI": "10.5555/h"}';
  ASSERT catalog.find_index(_row.accepted_at) = _first;
  ASSERT catalog.find_index(_row.accepted_at - INTERVAL '1 microsecond') = _first - 1;
  ASSERT catalog.find_index('infinity') = _second;
  ASSERT catalog.find_index('-infinity') = 0;
END
$$;

-- Where rows are applied and not made, the clock follows the changelog, whatever comes first:
-- catalog.follow_changelog() for each row, catalog.follow_copied_changelog() for a copy.
DO $$
DECLARE
  _hash bytea := '\x0b';
  _found record;
BEGIN
  SET LOCAL session_replication_role = replica;
  UPDATE catalog.clock SET index = 0, hash = '\x';
  INSERT INTO catalog.changelog (index, editgroup_id, accepted_by, edit_count, hash) VALUES
  (900002, uuidv7(), uuidv7(), 1, _hash), (900001, uuidv7(), uuidv7(), 1, '\x0a');
  SELECT c.index, c.hash INTO _found FROM catalog.clock AS c;
  ASSERT (_found.index, _found.hash) = (900002, _hash), _found;
  SET LOCAL session_replication_role = origin;
  INSERT INTO catalog.changelog (index, editgroup_id, accepted_by, edit_count, hash)
  SELECT 900003, g.editgroup_id, e.editor_id, 1, '\x0c'
  FROM catalog.open_editgroup(catalog.vulcanus(), 'a test', NULL, NULL) AS g, catalog.editor AS e LIMIT 1;
  ASSERT (SELECT c.index FROM catalog.clock AS c) = 900002;
END
$$;
