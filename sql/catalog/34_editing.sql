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
