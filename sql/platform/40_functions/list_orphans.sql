CREATE OR REPLACE FUNCTION platform.list_orphans()
RETURNS TABLE (constraint_name text, table_name text, orphan_count bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _reference record;
  _pairs text;
  _known text;
BEGIN
  FOR _reference IN
    SELECT c.conname, c.conrelid::regclass AS child, c.confrelid::regclass AS parent,
           ARRAY(
             SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, n)
             JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
             ORDER BY k.n
           ) AS child_columns,
           ARRAY(
             SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, n)
             JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.attnum
             ORDER BY k.n
           ) AS parent_columns
    FROM pg_constraint AS c
    WHERE c.contype = 'f' AND NOT c.conenforced ORDER BY c.conrelid, c.conname
  LOOP
    SELECT string_agg(format('p.%I = c.%I', u.parent_column, u.child_column), ' AND '),
           string_agg(format('c.%I IS NOT NULL', u.child_column), ' AND ')
    INTO _pairs, _known
    FROM unnest(_reference.child_columns, _reference.parent_columns)
      AS u (child_column, parent_column);
    constraint_name := _reference.conname;
    table_name := _reference.child::text;
    EXECUTE format(
      'SELECT count(*) FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s)',
      _reference.child, _known, _reference.parent, _pairs
    ) INTO orphan_count;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION platform.list_orphans() IS 'How many rows break each reference that is declared but not enforced; those that hold count 0.';
