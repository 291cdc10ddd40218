CREATE OR REPLACE VIEW catalog.shown_token AS
SELECT
  t.token_id, t.editor_id, t.scopes, t.description, t.created_at, t.expires_at, t.last_used_at,
  coalesce(
    t.revoked_at, CASE WHEN t.created_at <= e.tokens_revoked_at THEN e.tokens_revoked_at END
  ) AS revoked_at
FROM catalog.token AS t JOIN catalog.editor AS e ON e.editor_id = t.editor_id;
COMMENT ON VIEW catalog.shown_token IS 'Tokens without what is secret, and since when each is refused: by itself, or with all that its editor had then.';
