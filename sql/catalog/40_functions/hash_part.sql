CREATE OR REPLACE FUNCTION catalog.hash_part(_member text, _body jsonb)
RETURNS bytea
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
  SELECT sha256(convert_to(_member || E'\n' || _body::text, 'UTF8'));
$$;
COMMENT ON FUNCTION catalog.hash_part(text, jsonb) IS 'The identity of a part: its member and its value.';
