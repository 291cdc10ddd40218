CREATE OR REPLACE FUNCTION croid.take_lease(_croid uuid, _holder text, _ttl_s integer)
RETURNS TABLE (fence bigint, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _end timestamptz := croid.compute_lease_end(_ttl_s);
BEGIN
  RETURN QUERY
  INSERT INTO croid.lease AS l (croid, holder, fence, expires_at, taken_at)
  VALUES (_croid, _holder, 1, _end, clock_timestamp())
  ON CONFLICT ON CONSTRAINT lease_pkey DO UPDATE
  SET
    holder = excluded.holder, fence = l.fence + 1,
    expires_at = excluded.expires_at, taken_at = excluded.taken_at
  WHERE l.expires_at IS NULL OR l.expires_at <= clock_timestamp()
  RETURNING l.fence, l.expires_at;
  IF NOT FOUND THEN
    SELECT l.expires_at INTO _end FROM croid.lease AS l WHERE l.croid = _croid;
    PERFORM platform.raise_error(
      'held', 'until ' || to_char(
        coalesce(_end, clock_timestamp()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
      )
    );
  END IF;
END
$$;
COMMENT ON FUNCTION croid.take_lease(uuid, text, integer) IS 'Take the lease of an object for so many seconds: the fence is higher than any before it. While another holds it: held, with the end of that lease in the detail.';
