CREATE OR REPLACE FUNCTION croid.normalise(_scheme text, _value text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  _normal text;
  _digits text;
  _payload integer;
BEGIN
  -- Case is folded in ASCII alone, which "C" sees to.
  _normal := CASE
    WHEN _scheme IN ('doi', 'ror', 'grid', 'doaj') THEN lower(_value COLLATE "C")
    WHEN _scheme IN ('orcid', 'isni', 'issn', 'pmcid', 'wikidata') THEN upper(_value COLLATE "C")
    -- NFC makes a K of a Kelvin sign, and lower case may compose where upper case did not.
    WHEN _scheme = 'hdl' THEN normalize(lower(normalize(_value) COLLATE "C"))
    -- arXiv ignores the subject class of its old ids: math.GT/0309136 is math/0309136.
    WHEN _scheme = 'arxiv'
      THEN regexp_replace(lower(_value COLLATE "C"), '^([a-z]+(-[a-z]+)*)\.[a-z]{2}/', '\1/')
    ELSE _value
  END;
  IF (_normal COLLATE "C" ~ croid.pattern(_scheme)) IS NOT TRUE OR octet_length(_normal) > 2000 THEN
    RETURN NULL;
  END IF;
  IF _scheme IN ('orcid', 'isni', 'issn', 'isbn', 'ror') THEN
    _digits := replace(_normal, '-', '');
    _payload := length(_digits) - CASE _scheme WHEN 'ror' THEN 2 ELSE 1 END;
    IF substr(_digits, _payload + 1) <> croid.checksum(_scheme, left(_digits, _payload)) THEN
      RETURN NULL;
    END IF;
  END IF;
  RETURN _normal;
END
$$;
COMMENT ON FUNCTION croid.normalise(text, text) IS 'The one form under which an identifier is stored and found: case folded, form and check digits right; null if it is none of its scheme.';
