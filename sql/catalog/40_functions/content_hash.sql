CREATE OR REPLACE FUNCTION catalog.content_hash(_kind catalog.kind, _body jsonb, _parts bytea[])
RETURNS bytea
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
  SELECT sha256(convert_to(_kind::text || E'\n' || _body::text || E'\n', 'UTF8') || array_send(_parts));
$$;
COMMENT ON FUNCTION catalog.content_hash(catalog.kind, jsonb, bytea[]) IS 'What content is, in 32 bytes: kind, body as PostgreSQL prints it, and the hashes of its parts. Chain, dumps and replicas use this one function.';
