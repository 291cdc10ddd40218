CREATE OR REPLACE FUNCTION croid.release_lease(_croid uuid, _fence bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM croid.check_fence(_croid, coalesce(_fence, 0));
  UPDATE croid.lease SET holder = NULL, expires_at = NULL, fence = fence + 1 WHERE croid = _croid;
END
$$;
COMMENT ON FUNCTION croid.release_lease(uuid, bigint) IS 'Let go of a lease. The fence moves on, so that a late write of the former holder is refused.';
