CREATE OR REPLACE FUNCTION croid.resolve(_scheme text, _value text)
RETURNS uuid
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT live.croid
    FROM croid.identifier AS i
    INNER JOIN catalog.ident AS named ON i.croid = named.croid
    INNER JOIN catalog.ident AS live ON coalesce(named.redirect_to, named.croid) = live.croid
    WHERE i.scheme = _scheme AND i.value = _value AND live.state = 'active'
    ORDER BY live.croid
    LIMIT 1
  );
END
$$;
COMMENT ON FUNCTION croid.resolve(text, text) IS 'The live object an identifier in normal form names, the survivor if it was merged; null if there is none. Where several share it, the oldest.';
