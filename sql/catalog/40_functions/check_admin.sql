CREATE OR REPLACE FUNCTION catalog.check_admin(_agent_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF _agent_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM catalog.editor AS e
    WHERE e.editor_id = _agent_id AND e.role = 'admin' AND e.is_active
  ) THEN
    PERFORM platform.raise_error('forbidden', 'only admins may do that');
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_admin(uuid) IS 'Refuse what is for admins to whoever is none; no agent is the operator, who may do all.';
