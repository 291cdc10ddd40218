CREATE OR REPLACE FUNCTION catalog.read_details(_croid uuid, _body jsonb, _parts bytea[])
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce((
    SELECT p.body
    FROM unnest(_parts) AS h (sha256)
    JOIN catalog.part AS p ON p.croid = _croid AND p.sha256 = h.sha256
    WHERE p.member = '*'
    -- Before there were details, the body itself held them.
  ), _body);
$$;
COMMENT ON FUNCTION catalog.read_details(uuid, jsonb, bytea[]) IS 'Where the members of a revision lie that seldom change: in their part, or in the body of one that was stored whole.';
