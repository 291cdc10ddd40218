CREATE OR REPLACE FUNCTION catalog.read_date(_date jsonb)
RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _parts jsonb := _date #> '{date-parts,0}';
BEGIN
  RETURN make_date((_parts ->> 0)::integer, (_parts ->> 1)::integer, (_parts ->> 2)::integer);
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION catalog.read_date(jsonb) IS 'The day of a Crossref date {"date-parts": [[y, m, d]]}, or NULL where it has no day or none that exists.';
