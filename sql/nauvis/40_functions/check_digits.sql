CREATE OR REPLACE FUNCTION nauvis.check_digits(_text text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _sum bigint := 0;
BEGIN
  FOR _place IN 1..length(_text) LOOP
    _sum := (
      _sum * 32 + strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(_text, _place, 1)) - 1
    ) % 97;
  END LOOP;
  RETURN lpad((98 - _sum * 100 % 97)::text, 2, '0');
END
$$;
COMMENT ON FUNCTION nauvis.check_digits(text) IS 'The two digits that have to follow these base32 characters, by ISO 7064 MOD 97-10, as in ROR ids: they find every wrong character and every two that changed places.';
