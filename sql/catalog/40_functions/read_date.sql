CREATE OR REPLACE FUNCTION catalog.read_date(_date jsonb)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN _date #>> '{date-parts,0,0}' ~ '^[1-9][0-9]{0,3}$'
      AND _date #>> '{date-parts,0,1}' ~ '^(0?[1-9]|1[0-2])$'
      AND _date #>> '{date-parts,0,2}' ~ '^(0?[1-9]|[12][0-9]|3[01])$'
      -- Only the last days of a month may be missing in it.
      AND (
        (_date #>> '{date-parts,0,2}')::integer <= 28
        OR (_date #>> '{date-parts,0,2}')::integer <= extract(
          DAY FROM
          make_date((_date #>> '{date-parts,0,0}')::integer, (_date #>> '{date-parts,0,1}')::integer, 1)
          + INTERVAL '1 month - 1 day'
        )
      )
      THEN (
        make_date((_date #>> '{date-parts,0,0}')::integer, (_date #>> '{date-parts,0,1}')::integer, 1)
        + ((_date #>> '{date-parts,0,2}')::integer - 1)
      )
  END;
$$;
COMMENT ON FUNCTION catalog.read_date(jsonb) IS 'The day of a Crossref date {"date-parts": [[y, m, d]]}, or NULL where it has no day or none that exists.';
