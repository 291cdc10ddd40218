CREATE TABLE catalog.ident (
  croid uuid NOT NULL,
  kind catalog.kind NOT NULL,
  is_live boolean NOT NULL DEFAULT false,
  revision_id uuid,
  redirect_to uuid,
  state catalog.state NOT NULL GENERATED ALWAYS AS (
    CASE
      WHEN NOT is_live THEN 'wip'::catalog.state
      WHEN redirect_to IS NOT NULL THEN 'redirect'::catalog.state
      WHEN revision_id IS NULL THEN 'deleted'::catalog.state
      ELSE 'active'::catalog.state
    END
  ) STORED,
  is_redirect boolean NOT NULL GENERATED ALWAYS AS (redirect_to IS NOT NULL) STORED,
  target_is_redirect boolean GENERATED ALWAYS AS (
    CASE WHEN redirect_to IS NOT NULL THEN false END
  ) STORED,
  CONSTRAINT ident_pkey PRIMARY KEY (croid),
  CONSTRAINT ident_croid_kind_is_redirect_key UNIQUE (croid, kind, is_redirect),
  CONSTRAINT redirect_has_no_revision CHECK (redirect_to IS NULL OR revision_id IS NULL),
  CONSTRAINT redirect_is_live CHECK (redirect_to IS NULL OR is_live),
  CONSTRAINT redirect_leaves_itself CHECK (redirect_to <> croid),
  CONSTRAINT wip_has_no_revision CHECK (is_live OR revision_id IS NULL),
  CONSTRAINT redirect_is_one_hop_of_one_kind FOREIGN KEY (redirect_to, kind, target_is_redirect)
  REFERENCES catalog.ident (croid, kind, is_redirect)
) WITH (fillfactor = 50);
COMMENT ON TABLE catalog.ident IS 'One row per object: what it is and which revision of it is current. The only table of the core that changes.';
COMMENT ON COLUMN catalog.ident.state IS 'Derived, so that it cannot disagree with what it is derived from.';
COMMENT ON COLUMN catalog.ident.target_is_redirect IS 'Always false on a redirect: the foreign key then refuses a target that is itself a redirect.';

CREATE TABLE catalog.revision (
  croid uuid NOT NULL,
  revision_id uuid NOT NULL DEFAULT uuidv7(),
  kind catalog.kind NOT NULL,
  body jsonb NOT NULL,
  parts bytea[] NOT NULL DEFAULT '{}',
  content_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT revision_pkey PRIMARY KEY (croid, revision_id),
  CONSTRAINT body_is_an_object CHECK (jsonb_typeof(body) = 'object')
);
-- Compressing large JSON with pglz is the dearest part of a load; what is large lies in parts.
ALTER TABLE catalog.revision
ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE catalog.revision IS 'Immutable, complete content of an object: the body here and the large members in catalog.part. Insert only.';
COMMENT ON COLUMN catalog.revision.body IS 'The record as JSON, but for the members that lie in catalog.part; catalog.read_body gives it whole.';
COMMENT ON COLUMN catalog.revision.parts IS 'SHA-256 of each part of the body, ordered by member.';
COMMENT ON COLUMN catalog.revision.content_hash IS 'catalog.content_hash of kind, body and parts: equal content has an equal hash everywhere.';

CREATE TABLE catalog.part (
  croid uuid NOT NULL,
  sha256 bytea NOT NULL,
  member text NOT NULL,
  body jsonb NOT NULL,
  CONSTRAINT part_pkey PRIMARY KEY (croid, sha256)
);
ALTER TABLE catalog.part ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE catalog.part IS 'A large member of a body (authors, references, abstract ...), stored once per object however many revisions share it.';
COMMENT ON COLUMN catalog.part.member IS 'The member of the body whose value this is.';
COMMENT ON COLUMN catalog.part.body IS 'The value of that member.';

CREATE TABLE catalog.part_member (
  kind catalog.kind NOT NULL,
  member text NOT NULL,
  CONSTRAINT part_member_pkey PRIMARY KEY (kind, member)
);
COMMENT ON TABLE catalog.part_member IS 'Which members of a body are stored as parts.';

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

CREATE TABLE catalog.editgroup (
  editgroup_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  status catalog.editgroup_status NOT NULL DEFAULT 'open',
  description text,
  extra jsonb,
  idempotency_key text,
  created_at timestamptz NOT NULL DEFAULT now(),
  submitted_at timestamptz,
  request_sha256 bytea,
  CONSTRAINT editgroup_pkey PRIMARY KEY (editgroup_id),
  CONSTRAINT submitted_has_a_time CHECK (status <> 'submitted' OR submitted_at IS NOT NULL),
  CONSTRAINT open_is_not_submitted CHECK (status <> 'open' OR submitted_at IS NULL)
);
COMMENT ON TABLE catalog.editgroup IS 'A batch of edits that is accepted all or nothing.';
COMMENT ON COLUMN catalog.editgroup.request_sha256 IS 'Of what was asked for, where it was made, filled and accepted at one go: the same key with another request is refused.';
COMMENT ON COLUMN catalog.editgroup.extra IS 'What its editor adds, as an object: {"run_id": ...} where a run made it.';

CREATE TABLE catalog.edit (
  croid uuid NOT NULL,
  edit_id uuid NOT NULL DEFAULT uuidv7(),
  editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id) NOT ENFORCED,
  kind catalog.kind NOT NULL,
  action catalog.edit_action NOT NULL,
  revision_id uuid,
  redirect_to uuid,
  previous_revision_id uuid,
  previous_redirect_to uuid,
  extra jsonb,
  CONSTRAINT edit_pkey PRIMARY KEY (croid, edit_id),
  CONSTRAINT edit_revision_fkey
  FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id) NOT ENFORCED,
  CONSTRAINT edit_says_one_thing CHECK (
    CASE action
      WHEN 'redirect' THEN redirect_to IS NOT NULL AND revision_id IS NULL
      WHEN 'delete' THEN redirect_to IS NULL AND revision_id IS NULL
      ELSE redirect_to IS NULL AND revision_id IS NOT NULL
    END
  )
);
COMMENT ON TABLE catalog.edit IS 'One proposed or accepted change to one object, with the state it was proposed against.';
COMMENT ON COLUMN catalog.edit.extra IS 'What the change was made from: {"layers": [...], "run_id": ...}; explains an old revision for ever.';

CREATE TABLE catalog.changelog (
  index bigint NOT NULL,
  editgroup_id uuid NOT NULL UNIQUE REFERENCES catalog.editgroup (editgroup_id),
  accepted_by uuid NOT NULL REFERENCES catalog.editor (editor_id),
  accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  edit_count integer NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT changelog_pkey PRIMARY KEY (index),
  CONSTRAINT index_is_positive CHECK (index > 0)
);
COMMENT ON TABLE catalog.changelog IS 'The accepted editgroups in order, without gaps: the clock of the system. Append only.';
COMMENT ON COLUMN catalog.changelog.hash IS 'SHA-256 over the row before and the content hashes of this row''s edits.';

CREATE TABLE catalog.annotation (
  editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id),
  annotation_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  markdown text,
  extra jsonb,
  check_name text,
  is_passed boolean,
  edits_sha256 bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT annotation_pkey PRIMARY KEY (editgroup_id, annotation_id),
  CONSTRAINT check_has_a_result CHECK (
    (check_name IS NULL) = (is_passed IS NULL) AND (check_name IS NULL) = (edits_sha256 IS NULL)
  ),
  CONSTRAINT check_name_is_a_word CHECK (check_name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);
COMMENT ON TABLE catalog.annotation IS 'What was said about an editgroup, and the results of checks on it.';
COMMENT ON COLUMN catalog.annotation.extra IS 'What the annotator adds, as an object.';
COMMENT ON COLUMN catalog.annotation.check_name IS 'The check whose result this is; null for what is only said.';
COMMENT ON COLUMN catalog.annotation.edits_sha256 IS 'catalog.hash_editgroup of what was checked: a result says nothing of edits made since.';

CREATE TABLE catalog.required_check (
  check_name text NOT NULL,
  description text NOT NULL,
  is_for_bots boolean NOT NULL DEFAULT false,
  CONSTRAINT required_check_pkey PRIMARY KEY (check_name),
  CONSTRAINT required_check_is_a_word CHECK (check_name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);
COMMENT ON TABLE catalog.required_check IS 'The checks an editgroup has to pass before it can be accepted.';
COMMENT ON COLUMN catalog.required_check.is_for_bots IS 'Whether the editgroups of bots have to pass it as well.';

CREATE TABLE catalog.redaction (
  croid uuid NOT NULL,
  revision_id uuid NOT NULL,
  redacted_by uuid NOT NULL REFERENCES catalog.editor (editor_id),
  redacted_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  CONSTRAINT redaction_pkey PRIMARY KEY (croid, revision_id),
  CONSTRAINT redaction_revision_fkey
  FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id),
  CONSTRAINT redaction_has_a_reason CHECK (length(reason) > 0)
);
COMMENT ON TABLE catalog.redaction IS 'The revisions whose content was taken away for good: its hash stays, so the chain holds, and a tombstone stands in its place.';

CREATE TABLE catalog.clock (
  is_only boolean NOT NULL DEFAULT true,
  index bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT '\x',
  CONSTRAINT clock_pkey PRIMARY KEY (is_only),
  CONSTRAINT clock_has_one_row CHECK (is_only)
) WITH (fillfactor = 10);
COMMENT ON TABLE catalog.clock IS 'The newest index and its hash; locked last by an acceptance and until it commits, so the changelog has no gap.';

ALTER TABLE catalog.ident ADD CONSTRAINT ident_revision_fkey
FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id);

CREATE TABLE catalog.release_type (
  release_type text NOT NULL,
  title text NOT NULL,
  CONSTRAINT release_type_pkey PRIMARY KEY (release_type)
);
COMMENT ON TABLE catalog.release_type IS 'What a release can be: the types of CSL and a few more.';

CREATE TABLE catalog.release_stage (
  release_stage text NOT NULL,
  title text NOT NULL,
  CONSTRAINT release_stage_pkey PRIMARY KEY (release_stage)
);
COMMENT ON TABLE catalog.release_stage IS 'How far a release can have come towards publication.';

CREATE TABLE catalog.withdrawn_status (
  withdrawn_status text NOT NULL,
  title text NOT NULL,
  CONSTRAINT withdrawn_status_pkey PRIMARY KEY (withdrawn_status)
);
COMMENT ON TABLE catalog.withdrawn_status IS 'Why a release can be withdrawn, or no longer be trusted.';

CREATE TABLE catalog.contributor_role (
  contributor_role text NOT NULL,
  title text NOT NULL,
  CONSTRAINT contributor_role_pkey PRIMARY KEY (contributor_role)
);
COMMENT ON TABLE catalog.contributor_role IS 'What a contributor can have done: the roles of CSL.';

CREATE TABLE catalog.record_type (
  record_type text NOT NULL,
  title text NOT NULL,
  required text[] NOT NULL,
  recommended text[] NOT NULL,
  CONSTRAINT record_type_pkey PRIMARY KEY (record_type),
  CONSTRAINT required_is_not_recommended_too CHECK (NOT required && recommended)
);
COMMENT ON TABLE catalog.record_type IS 'What a deposited record can be: the types of Crossref.';
COMMENT ON COLUMN catalog.record_type.required IS 'Members of the work JSON whose lack is told as a warning.';
COMMENT ON COLUMN catalog.record_type.recommended IS 'Members that a good record has, whose lack is not told.';
