CREATE OR REPLACE FUNCTION nauvis.list_scopes(_role nauvis.member_role)
RETURNS text[]
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN _role = 'reader' THEN ARRAY['member'] ELSE ARRAY['deposit', 'member'] END;
$$;
COMMENT ON FUNCTION nauvis.list_scopes(nauvis.member_role) IS 'What the key of a role is good for.';
