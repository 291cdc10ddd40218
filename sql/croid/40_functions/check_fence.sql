CREATE OR REPLACE FUNCTION croid.check_fence(_croid uuid, _fence bigint)
RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _current bigint;
BEGIN
  -- The row stays locked until commit: nobody takes the lease between this check and the write.
  SELECT l.fence INTO _current FROM croid.lease AS l WHERE l.croid = _croid FOR NO KEY UPDATE;
  IF _current IS NULL THEN
    PERFORM platform.raise_error('no-such-lease', croid.encode(_croid));
  ELSIF _current <> _fence THEN
    PERFORM platform.raise_error('fenced-off', format('fence %s, now %s', _fence, _current));
  END IF;
END
$$;
COMMENT ON FUNCTION croid.check_fence(uuid, bigint) IS 'Refuse who writes with a fence that is not the current one of the object''s lease; a null fence claims nothing and passes.';
