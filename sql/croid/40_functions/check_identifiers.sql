CREATE OR REPLACE FUNCTION croid.check_identifiers(_scheme text, _values text[], _kind text)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _known croid.scheme;
  _malformed text;
BEGIN
  SELECT s.* INTO _known FROM croid.scheme AS s WHERE s.scheme = _scheme;
  IF _known.scheme IS NULL THEN
    PERFORM platform.raise_error('unknown-scheme', format('%L', left(_scheme, 100)));
  END IF;
  IF _known.kind <> _kind THEN
    PERFORM platform.raise_error(
      'wrong-kind', format('%s names a %s, not a %s', _scheme, _known.kind, _kind)
    );
  END IF;
  SELECT string_agg(format('%s %L', _scheme, left(m.value, 100)), ', ')
  INTO _malformed
  FROM (
    SELECT g.value
    FROM unnest(_values) AS g (value)
    WHERE (croid.normalise(_scheme, g.value) = g.value) IS NOT TRUE
    LIMIT 5
  ) AS m;
  IF _malformed IS NOT NULL THEN
    PERFORM platform.raise_error('malformed-identifier', _malformed);
  END IF;
  RETURN _known.is_unique;
END
$$;
COMMENT ON FUNCTION croid.check_identifiers(text, text[], text) IS 'Whether the scheme is unique; refuses an unknown scheme, a kind it does not name, and values that are not in normal form.';
