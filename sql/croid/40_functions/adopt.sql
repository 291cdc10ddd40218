CREATE OR REPLACE FUNCTION croid.adopt(
  _scheme text, _values text[], _croids uuid[], _kind text
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _is_unique CONSTANT boolean := croid.check_identifiers(_scheme, _values, _kind);
  _adopted integer;
BEGIN
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
  SELECT _scheme, g.value, g.croid, _kind, _is_unique
  FROM unnest(_values, _croids) AS g (value, croid)
  WHERE NOT EXISTS (
    SELECT FROM croid.identifier AS i
    WHERE i.scheme = _scheme AND (i.value = g.value OR _is_unique AND i.croid = g.croid)
  )
  ORDER BY g.value
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS _adopted = ROW_COUNT;
  RETURN _adopted;
END
$$;
COMMENT ON FUNCTION croid.adopt(text, text[], uuid[], text) IS 'Reserve identifiers for objects that are here under another one; what is held already, and objects that have their one of a unique scheme, are left alone.';
