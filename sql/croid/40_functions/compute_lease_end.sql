CREATE OR REPLACE FUNCTION croid.compute_lease_end(_ttl_s integer)
RETURNS timestamptz
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF (_ttl_s BETWEEN 1 AND 86400) IS NOT TRUE THEN
    PERFORM platform.raise_error(
      'bad-lease-duration', format('%s seconds', coalesce(_ttl_s::text, 'no'))
    );
  END IF;
  RETURN clock_timestamp() + make_interval(secs => _ttl_s);
END
$$;
COMMENT ON FUNCTION croid.compute_lease_end(integer) IS 'When a lease of so many seconds taken now ends.';
