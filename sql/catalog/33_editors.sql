CREATE TABLE catalog.editor (
  editor_id uuid NOT NULL DEFAULT uuidv7(),
  username text NOT NULL,
  role catalog.editor_role NOT NULL DEFAULT 'editor',
  is_bot boolean NOT NULL DEFAULT false,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  tokens_revoked_at timestamptz,
  CONSTRAINT editor_pkey PRIMARY KEY (editor_id),
  CONSTRAINT username_is_a_handle CHECK (username ~ '^[A-Za-z][A-Za-z0-9._-]{2,24}$')
);
COMMENT ON TABLE catalog.editor IS 'Who edits: people, and the bots of members and of the system.';
COMMENT ON COLUMN catalog.editor.tokens_revoked_at IS 'Tokens issued until then were revoked, all at once; null where that was never done.';

CREATE TABLE catalog.scope (
  scope text NOT NULL,
  role catalog.editor_role NOT NULL,
  meaning text NOT NULL,
  CONSTRAINT scope_pkey PRIMARY KEY (scope),
  CONSTRAINT scope_is_a_word CHECK (scope ~ '^[a-z]{3,20}$')
);
COMMENT ON TABLE catalog.scope IS 'What a token can be good for, each a group of endpoints.';
COMMENT ON COLUMN catalog.scope.role IS 'The least role of an editor whose tokens can be good for it.';

CREATE TABLE catalog.token (
  token_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  secret_sha256 bytea NOT NULL,
  scopes text[] NOT NULL,
  description text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  CONSTRAINT token_pkey PRIMARY KEY (token_id),
  CONSTRAINT secret_is_a_sha256 CHECK (octet_length(secret_sha256) = 32),
  CONSTRAINT token_has_scopes CHECK (cardinality(scopes) > 0),
  CONSTRAINT token_expires_after_it_was_issued CHECK (expires_at > created_at)
);
COMMENT ON TABLE catalog.token IS 'The keys of editors. What is secret of one is shown when it is issued and kept nowhere.';
COMMENT ON COLUMN catalog.token.secret_sha256 IS 'SHA-256 of the 256 random bits of the secret; catalog.find_token alone reads it.';
COMMENT ON COLUMN catalog.token.last_used_at IS 'When it was shown last, to the minute or so; null where it never was.';
COMMENT ON COLUMN catalog.token.scopes IS 'What it is good for, of catalog.scope; the role of its editor may allow less.';
