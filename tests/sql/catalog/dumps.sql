-- A full dump is a list of statements over public columns; the order is that of a restore.
DO $$
DECLARE
  _tables text[] := ARRAY(SELECT d.table_name FROM catalog.list_dump(7) AS d);
  _group record;
BEGIN
  ASSERT _tables[1] = 'catalog.editor' AND _tables @> '{catalog.revision,catalog.ident,catalog.changelog}';
  SELECT * INTO _group FROM catalog.list_dump(7) AS d WHERE d.table_name = 'catalog.editgroup';
  ASSERT _group.copy_out LIKE 'COPY (SELECT editgroup_id,%<= 7%TO STDOUT', _group.copy_out;
  ASSERT _group.copy_in LIKE 'COPY catalog.editgroup (editgroup_id,%) FROM STDIN', _group.copy_in;
  ASSERT _group.copy_out !~ 'idempotency_key' AND _group.copy_in !~ 'idempotency_key';
END
$$;

-- Live objects are dumped by ranges of their kind, so many to a file.
DO $$
DECLARE
  _croids uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7()];
BEGIN
  PERFORM catalog.revise(
    '00000000-0000-7000-8000-000000000001', 'a test', '{}', 'release', _croids,
    ARRAY['{"type": "book"}', '{"type": "book"}', '{"type": "book"}'], ARRAY['{}', '{}', '{}'], '{}', '{}', '{}'
  );
  ASSERT (SELECT count(*) FROM catalog.list_flat_dump('{release}', 2, false)) = 2;
  ASSERT NOT EXISTS (SELECT FROM catalog.list_flat_dump('{work}', 2, false));
  ASSERT (SELECT f.copy_out FROM catalog.list_flat_dump('{release}', 9, true) AS f) LIKE '%FORMAT csv)';
END
$$;

-- A restore is refused where there are objects; live rows and identifiers come from the revisions.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids uuid[] := ARRAY[uuidv7(), uuidv7()];
  _index bigint;
BEGIN
  SELECT max(r.index) INTO _index FROM catalog.revise(
    _vulcanus, 'a test', '{}', 'release', _croids,
    ARRAY['{"DOI": "10.5555/s1", "type": "book"}', '{"DOI": "10.5555/s2", "type": "book"}'],
    ARRAY['{}', '{}'], '{}', '{}', '{}'
  ) AS r;
  BEGIN
    PERFORM catalog.begin_restore();
    RAISE EXCEPTION 'it began';
  EXCEPTION WHEN SQLSTATE 'NX251' THEN
    NULL;
  END;
  UPDATE catalog.ident SET revision_id = NULL WHERE croid = _croids[2];
  DELETE FROM catalog.release WHERE croid = ANY (_croids);
  DELETE FROM croid.identifier WHERE croid = ANY (_croids);
  ASSERT catalog.finish_restore() = _index;
  ASSERT (SELECT i.croid FROM croid.identifier AS i WHERE i.value = '10.5555/s2') = _croids[2];
  ASSERT catalog.restore_projections(_croids[1], 5) IS NULL, 'the second is deleted';
  ASSERT catalog.restore_projections('00000000-0000-0000-0000-000000000000', 1000) = _croids[1];
  ASSERT (SELECT r.doi FROM catalog.release AS r WHERE r.croid = _croids[1]) = '10.5555/s1';
  ASSERT (SELECT i.croid FROM croid.identifier AS i WHERE i.value = '10.5555/s1') = _croids[1];
END
$$;
