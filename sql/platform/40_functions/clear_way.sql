CREATE OR REPLACE FUNCTION platform.clear_way(
  _table text, _inserted jsonb, _updated jsonb, _touched jsonb
)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _columns text;
  _primary text;
  _index record;
  _new jsonb;
  _condition text;
  _count bigint;
  _total bigint := 0;
BEGIN
  SELECT string_agg(format(
    '(r.value ->> %L)::%s AS %1$I', a.attname, format_type(a.atttypid, a.atttypmod)
  ), ', ')
  INTO _columns FROM pg_attribute AS a
  WHERE a.attrelid = _table::regclass AND a.attnum > 0
    AND NOT a.attisdropped AND a.attgenerated = '';
  FOR _index IN
    SELECT i.indisprimary,
           (
             SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n)
             FROM generate_series(1, i.indnkeyatts) AS n
           ) AS keys,
           coalesce(pg_get_expr(i.indpred, i.indrelid, true), 'true') AS predicate
    FROM pg_index AS i
    WHERE i.indrelid = _table::regclass AND i.indisunique AND NOT EXISTS (
      -- What holds a column made of others holds these as well: the primary key says no less.
      SELECT FROM pg_attribute AS a
      WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attgenerated <> ''
    )
    ORDER BY i.indisprimary DESC
  LOOP
    IF _index.indisprimary THEN
      _primary := _index.keys;
      _new := _inserted;
      _condition := 'true';
    ELSE
      _new := _inserted || _updated;
      -- A row that is about to change or go leaves the way by itself.
      _condition := format(
        '(%s) NOT IN (SELECT %1$s FROM (SELECT %s FROM jsonb_array_elements($2) AS r) AS k)',
        _primary, _columns
      );
    END IF;
    EXECUTE format(
      'DELETE FROM %s WHERE %s AND %s
       AND (%s) IN (
         SELECT %4$s FROM (SELECT %s FROM jsonb_array_elements($1) AS r) AS n WHERE %3$s
       )',
      _table, _condition, _index.predicate, _index.keys, _columns
    ) USING _new, _touched;
    GET DIAGNOSTICS _count = ROW_COUNT;
    _total := _total + _count;
  END LOOP;
  RETURN _total;
END
$$;
COMMENT ON FUNCTION platform.clear_way(text, jsonb, jsonb, jsonb) IS 'Remove the rows of a table that stand in the way of rows yet to be inserted and updated, but for those that are about to change themselves; arrays of objects of text by column. Returns how many went.';
