CREATE OR REPLACE FUNCTION platform.public_columns(_table text)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
  FROM platform.published_column AS p
  JOIN pg_attribute AS a ON a.attrelid = to_regclass(p.table_name) AND a.attname = p.column_name
  WHERE p.table_name = _table AND p.is_public AND NOT a.attisdropped;
$$;
COMMENT ON FUNCTION platform.public_columns(text) IS 'The public columns of a table, as a list for COPY; NULL where none is public.';
