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

ALTER TABLE catalog.ident ADD CONSTRAINT ident_revision_fkey
FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id);

CREATE TABLE catalog.part (
  croid uuid NOT NULL,
  sha256 bytea NOT NULL,
  member text NOT NULL,
  body jsonb NOT NULL,
  CONSTRAINT part_pkey PRIMARY KEY (croid, sha256)
  -- What fits into a page stays in it: parts are read by key, and whole.
) WITH (toast_tuple_target = 8160);
ALTER TABLE catalog.part ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE catalog.part IS 'A large member of a body (authors, references, abstract ...), stored once per object however many revisions share it.';
COMMENT ON COLUMN catalog.part.member IS 'The member of the body whose value this is, or * for an object of several members.';
COMMENT ON COLUMN catalog.part.body IS 'The value of that member; for * the members with their values.';

CREATE TABLE catalog.part_member (
  kind catalog.kind NOT NULL,
  member text NOT NULL,
  part text NOT NULL,
  CONSTRAINT part_member_pkey PRIMARY KEY (kind, member),
  CONSTRAINT part_is_the_member_or_shared CHECK (part IN (member, '*'))
);
COMMENT ON TABLE catalog.part_member IS 'Which members of a body are stored as parts, so that a revision that leaves them as they are does not store them again.';
COMMENT ON COLUMN catalog.part_member.part IS 'The member itself where it is a part of its own, * where it is in the one part of all that is small and seldom changes.';

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
