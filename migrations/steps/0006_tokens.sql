-- What an editor shows to say who it is, and what it may do with it.
ALTER TABLE catalog.editor ADD COLUMN tokens_revoked_at timestamptz;

CREATE TABLE catalog.scope (
  scope text NOT NULL,
  role catalog.editor_role NOT NULL,
  meaning text NOT NULL,
  CONSTRAINT scope_pkey PRIMARY KEY (scope),
  CONSTRAINT scope_is_a_word CHECK (scope ~ '^[a-z]{3,20}$')
);

CREATE TABLE catalog.token (
  token_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  secret_sha256 bytea NOT NULL,
  scopes text[] NOT NULL,
  description text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz,
  CONSTRAINT token_pkey PRIMARY KEY (token_id),
  CONSTRAINT secret_is_a_sha256 CHECK (octet_length(secret_sha256) = 32),
  CONSTRAINT token_has_scopes CHECK (cardinality(scopes) > 0),
  CONSTRAINT token_expires_after_it_was_issued CHECK (expires_at > created_at)
);
CREATE INDEX token_editor_id_token_id_idx ON catalog.token (editor_id, token_id);
