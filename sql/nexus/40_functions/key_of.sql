CREATE OR REPLACE FUNCTION nexus.key_of(_scheme text, _value text)
RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5(_scheme || ':' || _value)::uuid;
COMMENT ON FUNCTION nexus.key_of(text, text) IS 'What stands in the place of an object that is known by an identifier alone; a relation waits for it under this key.';
