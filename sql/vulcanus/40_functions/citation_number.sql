CREATE OR REPLACE FUNCTION vulcanus.citation_number(_text text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(ltrim(regexp_replace(lower(_text), '[^a-z0-9]+', '', 'g'), '0'), 40);
COMMENT ON FUNCTION vulcanus.citation_number(text) IS 'A volume or a page in comparable form: letters and digits alone, without leading zeros.';
