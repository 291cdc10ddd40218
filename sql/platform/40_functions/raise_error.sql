CREATE OR REPLACE FUNCTION platform.raise_error(_slug text, _detail text DEFAULT '')
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _error platform.error;
BEGIN
  SELECT e.* INTO _error FROM platform.error AS e WHERE e.slug = _slug;
  IF _error.sqlstate IS NULL THEN
    RAISE EXCEPTION 'no error is called %', _slug;
  END IF;
  RAISE EXCEPTION USING
    ERRCODE = _error.sqlstate, MESSAGE = _error.slug, DETAIL = _detail,
    HINT = coalesce(_error.hint, '');
END
$$;
COMMENT ON FUNCTION platform.raise_error(text, text) IS 'Raise the error of this slug with its code and hint; the detail names what it happened to.';
