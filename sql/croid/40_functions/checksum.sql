CREATE OR REPLACE FUNCTION croid.checksum(_scheme text, _payload text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  _sum bigint := 0;
BEGIN
  IF _scheme IN ('orcid', 'isni') THEN
    -- ISO 7064 MOD 11-2
    FOR _place IN 1..15 LOOP
      _sum := (_sum + substr(_payload, _place, 1)::integer) * 2;
    END LOOP;
    _sum := (12 - _sum % 11) % 11;
  ELSIF _scheme = 'issn' THEN
    -- ISO 3297
    FOR _place IN 1..7 LOOP
      _sum := _sum + substr(_payload, _place, 1)::integer * (9 - _place);
    END LOOP;
    _sum := (11 - _sum % 11) % 11;
  ELSIF _scheme = 'isbn' THEN
    -- EAN-13
    FOR _place IN 1..12 LOOP
      _sum := _sum + substr(_payload, _place, 1)::integer * (3 - 2 * (_place % 2));
    END LOOP;
    _sum := (10 - _sum % 10) % 10;
  ELSIF _scheme = 'ror' THEN
    -- ISO 7064 MOD 97-10 of the base32 number
    FOR _place IN 1..7 LOOP
      _sum := _sum * 32 + strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(_payload, _place, 1)) - 1;
    END LOOP;
    RETURN lpad((98 - _sum * 100 % 97)::text, 2, '0');
  END IF;
  RETURN CASE _sum WHEN 10 THEN 'X' ELSE _sum::text END;
END
$$;
COMMENT ON FUNCTION croid.checksum(text, text) IS 'What has to follow these digits in an ORCID iD, ISNI, ISSN, ISBN (13) or ROR id: the check digit, or the two of a ROR id.';
