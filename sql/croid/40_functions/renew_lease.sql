CREATE OR REPLACE FUNCTION croid.renew_lease(_croid uuid, _fence bigint, _ttl_s integer)
RETURNS TABLE (fence bigint, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _end CONSTANT timestamptz := croid.compute_lease_end(_ttl_s);
BEGIN
  PERFORM croid.check_fence(_croid, coalesce(_fence, 0));
  RETURN QUERY
  UPDATE croid.lease AS l SET expires_at = _end
  WHERE l.croid = _croid
  RETURNING l.fence, l.expires_at;
END
$$;
COMMENT ON FUNCTION croid.renew_lease(uuid, bigint, integer) IS 'Hold a lease for so many seconds from now; also one that ran out, as long as nobody has taken it since.';
