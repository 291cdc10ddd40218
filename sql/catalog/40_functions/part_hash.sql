CREATE OR REPLACE FUNCTION catalog.part_hash(_member text, _body jsonb)
RETURNS bytea
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
  SELECT sha256(convert_to(_member || E'\n' || _body::text, 'UTF8'));
$$;
COMMENT ON FUNCTION catalog.part_hash(text, jsonb) IS 'The identity of a part: its member and its value.';
