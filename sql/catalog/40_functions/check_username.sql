CREATE OR REPLACE FUNCTION catalog.check_username(_username text)
RETURNS void
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF (_username ~ '^[A-Za-z][A-Za-z0-9._-]{2,24}$') IS NOT TRUE THEN
    PERFORM platform.raise_error('bad-username', coalesce(left(_username, 100), 'no name'));
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_username(text) IS 'Refuse what cannot be a username.';
