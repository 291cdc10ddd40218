CREATE OR REPLACE FUNCTION nauvis.find_key(_token_id uuid)
RETURNS TABLE (member_id integer, name text, role nauvis.member_role)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT m.member_id, m.name, k.role
  FROM nauvis.api_key AS k
  JOIN nauvis.member AS m ON m.member_id = k.member_id AND m.is_active
  CROSS JOIN LATERAL catalog.find_token(k.token_id) AS t
  WHERE k.token_id = _token_id AND t.refusal IS NULL;
$$;
COMMENT ON FUNCTION nauvis.find_key(uuid) IS 'Whose key this is and with which role; nothing where it is no member''s or is refused.';
