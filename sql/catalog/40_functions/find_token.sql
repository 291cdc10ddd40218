CREATE OR REPLACE FUNCTION catalog.find_token(_token_id uuid)
RETURNS TABLE (
  secret_sha256 bytea, editor_id uuid, username text, role catalog.editor_role,
  scopes text[], refusal text, is_noted boolean
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT t.secret_sha256, e.editor_id, e.username, e.role,
         ARRAY(
           SELECT s.scope FROM catalog.scope AS s
           WHERE s.scope = ANY (t.scopes) AND s.role <= e.role ORDER BY s.scope
         ),
         CASE
           WHEN t.revoked_at IS NOT NULL OR t.created_at <= e.tokens_revoked_at THEN 'revoked'
           WHEN t.expires_at <= clock_timestamp() THEN 'expired'
           WHEN NOT e.is_active THEN 'inactive'
         END,
         (t.last_used_at > clock_timestamp() - INTERVAL '1 minute') IS TRUE
           OR current_setting('transaction_read_only')::boolean
  FROM catalog.token AS t JOIN catalog.editor AS e ON e.editor_id = t.editor_id
  WHERE t.token_id = _token_id
$$;
COMMENT ON FUNCTION catalog.find_token(uuid) IS 'Whose token this is, what it is good for as its editor''s role is now, why it is refused (revoked, expired or inactive), and whether its use need not be noted: it was within the last minute, or nothing can be written.';
