CREATE OR REPLACE FUNCTION nauvis.coin_suffix()
RETURNS text
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- The last 40 bits of a version 4 UUID are all random, and eight characters of the 32.
  _text CONSTANT text := right(croid.encode(uuidv4()), 8);
BEGIN
  RETURN format('%s-%s-%s', left(_text, 4), right(_text, 4), nauvis.check_digits(_text));
END
$$;
COMMENT ON FUNCTION nauvis.coin_suffix() IS 'A suffix that says nothing, like 7f3k-m2qz-41: 40 random bits in Crockford''s base32 and two check digits.';
