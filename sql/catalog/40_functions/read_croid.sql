CREATE OR REPLACE FUNCTION catalog.read_croid(_text text)
RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN _text COLLATE "C" ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$' THEN croid.decode(_text) END;
$$;
COMMENT ON FUNCTION catalog.read_croid(text) IS 'The object that a member of a body names, or NULL where it is no CROID in its normal form.';
