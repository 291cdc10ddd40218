CREATE OR REPLACE FUNCTION catalog.read_hash(_digits text)
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN _digits ~ '^([0-9a-f]{2})+$' THEN decode(_digits, 'hex') END;
$$;
COMMENT ON FUNCTION catalog.read_hash(text) IS 'The bytes of a hash that is written in hexadecimal digits, or NULL where it is none.';
