CREATE OR REPLACE FUNCTION catalog.check_admin(_agent_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF _agent_id IS NOT NULL THEN
    PERFORM catalog.check_editor(_agent_id, 'admin');
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_admin(uuid) IS 'Refuse what is for admins to whoever is none; no agent is the operator, who may do all.';
