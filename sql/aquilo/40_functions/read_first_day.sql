CREATE OR REPLACE FUNCTION aquilo.read_first_day(_date jsonb)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN _date IS NULL THEN '-infinity'::date
    ELSE coalesce(
      catalog.read_date(_date),
      CASE WHEN _date #>> '{date-parts,0,0}' ~ '^[1-9][0-9]{0,3}$' THEN make_date(
        (_date #>> '{date-parts,0,0}')::integer,
        CASE WHEN _date #>> '{date-parts,0,1}' ~ '^(0?[1-9]|1[0-2])$' THEN (_date #>> '{date-parts,0,1}')::integer ELSE 1 END,
        1
      ) END,
      '-infinity'::date
    )
  END;
$$;
COMMENT ON FUNCTION aquilo.read_first_day(jsonb) IS 'The first day that a Crossref date can mean; -infinity where it means none.';
