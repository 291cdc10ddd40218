-- What is declared but not enforced is counted where it does not hold, and only there.
DO $$
DECLARE
  _broken text[];
BEGIN
  ASSERT (SELECT count(*) FROM platform.list_orphans()) >= 8;
  ASSERT NOT EXISTS (SELECT FROM platform.list_orphans() AS o WHERE o.orphan_count > 0);
  INSERT INTO nauvis.deposit_change (croid, deposit_id, n, result)
  VALUES (uuidv7(), uuidv7(), 1, 'created');
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
  VALUES ('purl', 'x', uuidv7(), 'release', false);
  _broken := ARRAY(
    SELECT o.constraint_name || ' ' || o.table_name || ' ' || o.orphan_count
    FROM platform.list_orphans() AS o WHERE o.orphan_count > 0 ORDER BY 1
  );
  ASSERT _broken = ARRAY[
    'deposit_change_record_fkey nauvis.deposit_change 1', 'identifier_scheme_fkey croid.identifier 1'
  ], _broken;
END
$$;

-- Only what somebody declared public is listed, in the order of the table.
DO $$
BEGIN
  ASSERT platform.public_columns('catalog.changelog')
    = 'index, editgroup_id, accepted_by, accepted_at, edit_count, hash';
  ASSERT platform.public_columns('platform.task') IS NULL;
  ASSERT platform.public_columns('no.such') IS NULL;
END
$$;
