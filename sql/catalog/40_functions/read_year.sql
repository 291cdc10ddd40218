CREATE OR REPLACE FUNCTION catalog.read_year(_date jsonb)
RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN _date #>> '{date-parts,0,0}' ~ '^-?[0-9]{1,4}$' THEN (_date #>> '{date-parts,0,0}')::integer END;
$$;
COMMENT ON FUNCTION catalog.read_year(jsonb) IS 'The year of a Crossref date, or NULL.';
