-- platform/20_types
CREATE TYPE platform.task_state AS ENUM ('waiting', 'running', 'completed', 'completed-with-errors', 'failed');
COMMENT ON TYPE platform.task_state IS 'How far a piece of long work has come; the last three are final.';

-- platform/30_tables
CREATE TABLE platform.applied (
  name text PRIMARY KEY,
  sha256 bytea NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.applied IS 'The repeatable files of sql/ as last applied here, by hash; an upgrade applies them again when one changed.';

CREATE TABLE platform.error (
  sqlstate text PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  http_status integer NOT NULL,
  meaning text NOT NULL,
  hint text,
  CONSTRAINT sqlstate_is_ours CHECK (sqlstate ~ '^NX[0-9]{3}$'),
  CONSTRAINT slug_is_kebab_case CHECK (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  CONSTRAINT http_status_is_an_error CHECK (http_status BETWEEN 400 AND 599)
);
COMMENT ON TABLE platform.error IS 'Every error of the system, once: SQL raises by slug, Python classes and problem pages are made from the rows.';
COMMENT ON COLUMN platform.error.sqlstate IS 'NX, the digit of the room, two digits of its own.';
COMMENT ON COLUMN platform.error.meaning IS 'What it means in general; the detail of an occurrence says what happened.';
COMMENT ON COLUMN platform.error.hint IS 'What to do next.';

CREATE TABLE platform.subscription (
  event text NOT NULL,
  queue text NOT NULL,
  CONSTRAINT subscription_pkey PRIMARY KEY (event, queue),
  CONSTRAINT queue_names_its_consumer CHECK (queue ~ '^[a-z]+(_[a-z]+)+$' AND length(queue) <= 40)
);
COMMENT ON TABLE platform.subscription IS 'Who hears what: an event is sent to each of its queues in the transaction that caused it.';

CREATE TABLE platform.task (
  task_id uuid PRIMARY KEY DEFAULT uuidv7(),
  room text NOT NULL,
  kind text NOT NULL,
  state platform.task_state NOT NULL DEFAULT 'waiting',
  parts_total integer NOT NULL DEFAULT 1,
  parts_done integer NOT NULL DEFAULT 0,
  problems jsonb NOT NULL DEFAULT '[]',
  result_url text,
  requested_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CONSTRAINT done_is_part_of_total CHECK (parts_done BETWEEN 0 AND parts_total),
  CONSTRAINT finished_means_final CHECK ((finished_at IS NULL) = (state IN ('waiting', 'running')))
);
COMMENT ON TABLE platform.task IS 'Long work that somebody waits for; GET /tasks/{id} is its status resource.';
COMMENT ON COLUMN platform.task.problems IS 'Array of {croid, code, detail}: what failed, each spoiling only its own object.';
COMMENT ON COLUMN platform.task.result_url IS 'Where the result lies once final: a blob or a path of the API.';

-- croid/10_schema
CREATE SCHEMA croid;
COMMENT ON SCHEMA croid IS 'Mints, encodes, resolves and locks the identifiers of research objects.';

-- croid/30_tables
CREATE TABLE croid.scheme (
  scheme text PRIMARY KEY,
  is_unique boolean NOT NULL,
  pattern text NOT NULL,
  url_template text,
  kind text,
  title text NOT NULL,
  CONSTRAINT scheme_is_unique_key UNIQUE (scheme, is_unique),
  CONSTRAINT scheme_is_a_word CHECK (scheme ~ '^[a-z][a-z0-9]*$'),
  CONSTRAINT pattern_is_anchored CHECK (pattern ~ '^\^.*\$$'),
  CONSTRAINT url_template_has_a_place CHECK (strpos(url_template, '{value}') > 0)
);
COMMENT ON TABLE croid.scheme IS 'The kinds of identifier that can name an object.';
COMMENT ON COLUMN croid.scheme.is_unique IS 'Whether one value names at most one object; where not, several may share it.';
COMMENT ON COLUMN croid.scheme.pattern IS 'Regular expression of the normal form, which POSIX and Python read alike; checksums come on top.';
COMMENT ON COLUMN croid.scheme.url_template IS 'Where a value leads on the web: {value} stands for it, percent-encoded where a URL needs it.';
COMMENT ON COLUMN croid.scheme.kind IS 'The only kind of object that has such identifiers; null where several have.';
COMMENT ON COLUMN croid.scheme.title IS 'Its name among people.';

CREATE TABLE croid.identifier (
  scheme text NOT NULL,
  value text NOT NULL,
  croid uuid NOT NULL,
  kind text NOT NULL,
  is_unique boolean NOT NULL,
  CONSTRAINT identifier_pkey PRIMARY KEY (scheme, value, croid),
  CONSTRAINT identifier_scheme_fkey FOREIGN KEY (scheme, is_unique)
  REFERENCES croid.scheme (scheme, is_unique),
  CONSTRAINT kind_is_a_word CHECK (kind ~ '^[a-z]+$'),
  CONSTRAINT value_fits_its_index CHECK (octet_length(value) BETWEEN 1 AND 2000),
  CONSTRAINT doi_is_folded_ascii CHECK (
    scheme <> 'doi' OR value COLLATE "C" ~ '^10\.[1-9][0-9]{3,8}(\.[0-9]+)*/[!-@\[-~]+$'
  ),
  CONSTRAINT value_is_visible_nfc CHECK (
    scheme = 'doi'
    OR (
      value IS NFC NORMALIZED
      AND value !~ '[\u0001-\u0020\u007F-\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF]'
    )
  )
);
COMMENT ON TABLE croid.identifier IS 'Which object an identifier names: a reservation from the moment croid.reserve gives it one, live as soon as that object is active. Written by croid.reserve and the acceptance of editgroups alone.';
COMMENT ON COLUMN croid.identifier.value IS 'The normal form, as croid.normalise gives it.';
COMMENT ON COLUMN croid.identifier.kind IS 'The kind of the object.';
COMMENT ON COLUMN croid.identifier.is_unique IS 'As in the scheme, repeated here for the partial index that holds the promise.';

CREATE TABLE croid.lease (
  croid uuid PRIMARY KEY,
  holder text,
  fence bigint NOT NULL,
  expires_at timestamptz,
  taken_at timestamptz NOT NULL,
  CONSTRAINT fence_is_positive CHECK (fence > 0),
  CONSTRAINT holder_has_a_name CHECK (length(holder) BETWEEN 1 AND 200),
  CONSTRAINT released_means_no_holder_and_no_end CHECK ((holder IS NULL) = (expires_at IS NULL))
);
COMMENT ON TABLE croid.lease IS 'Who outside the database works on an object and until when. A row stays when its lease is released, so that its fence only ever grows.';
COMMENT ON COLUMN croid.lease.holder IS 'Name the holder gave itself; null when released.';
COMMENT ON COLUMN croid.lease.fence IS 'The fencing token: whoever took the lease later has the higher one, and writes with a lower one are refused.';

-- croid/35_indexes
CREATE UNIQUE INDEX identifier_scheme_value_idx ON croid.identifier (scheme, value) WHERE is_unique;
COMMENT ON INDEX croid.identifier_scheme_value_idx IS 'Guards that a unique identifier names one object; serves croid.reserve.';
CREATE INDEX identifier_croid_idx ON croid.identifier (croid);
COMMENT ON INDEX croid.identifier_croid_idx IS 'Serves identifier_list: the identifiers of an object.';

-- catalog/10_schema
CREATE SCHEMA catalog;
COMMENT ON SCHEMA catalog IS 'The versioned engine: ident, revision, edit, editgroup, changelog, and the typed projections of what is live.';

-- catalog/20_types
CREATE TYPE catalog.kind AS ENUM (
  'release', 'work', 'container', 'creator', 'organisation', 'file', 'fileset', 'webcapture'
);
COMMENT ON TYPE catalog.kind IS 'What an object is; a release is a citable version and has the DOI.';

CREATE TYPE catalog.state AS ENUM ('wip', 'active', 'redirect', 'deleted');
COMMENT ON TYPE catalog.state IS 'Where an object stands: not live yet, live, merged into another, or gone.';

CREATE TYPE catalog.editgroup_status AS ENUM ('open', 'submitted', 'accepted', 'withdrawn');
COMMENT ON TYPE catalog.editgroup_status IS 'How far a batch of edits has come; accepted and withdrawn are final.';

CREATE TYPE catalog.edit_action AS ENUM ('create', 'update', 'revert', 'redirect', 'delete');
COMMENT ON TYPE catalog.edit_action IS 'What an edit does to its object.';

CREATE TYPE catalog.editor_role AS ENUM ('editor', 'admin');
COMMENT ON TYPE catalog.editor_role IS 'What an editor may do: propose, or accept as well.';

-- catalog/30_tables
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
ALTER TABLE catalog.revision ALTER COLUMN body SET STORAGE EXTERNAL;
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
ALTER TABLE catalog.part ALTER COLUMN body SET STORAGE EXTERNAL;
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
  CONSTRAINT editor_pkey PRIMARY KEY (editor_id),
  CONSTRAINT username_is_a_handle CHECK (username ~ '^[A-Za-z][A-Za-z0-9._-]{2,24}$')
);
COMMENT ON TABLE catalog.editor IS 'Who edits: people, and the bots of members and of the system.';

CREATE TABLE catalog.editgroup (
  editgroup_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  status catalog.editgroup_status NOT NULL DEFAULT 'open',
  description text,
  extra jsonb,
  idempotency_key text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT editgroup_pkey PRIMARY KEY (editgroup_id)
);
COMMENT ON TABLE catalog.editgroup IS 'A batch of edits that is accepted all or nothing.';
COMMENT ON COLUMN catalog.editgroup.extra IS 'What its editor adds, as an object: {"run_id": ...} where a run made it.';

CREATE TABLE catalog.edit (
  croid uuid NOT NULL,
  edit_id uuid NOT NULL DEFAULT uuidv7(),
  editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id),
  kind catalog.kind NOT NULL,
  action catalog.edit_action NOT NULL,
  revision_id uuid,
  redirect_to uuid,
  previous_revision_id uuid,
  previous_redirect_to uuid,
  extra jsonb,
  CONSTRAINT edit_pkey PRIMARY KEY (croid, edit_id),
  CONSTRAINT edit_revision_fkey
  FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id),
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

CREATE TABLE catalog.release (
  croid uuid NOT NULL,
  doi text,
  prefix text GENERATED ALWAYS AS (split_part(doi, '/', 1)) STORED,
  type text,
  title text,
  issued_year integer,
  issued_on date,
  publisher text,
  container_title text,
  issn text[],
  volume text,
  issue text,
  page text,
  language text,
  reference_count integer NOT NULL DEFAULT 0,
  CONSTRAINT release_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.release IS 'The live releases: what is cited by DOI, one row each.';
COMMENT ON COLUMN catalog.release.issued_on IS 'The date of issue where month and day are known and real; the year alone is in issued_year.';
COMMENT ON COLUMN catalog.release.issn IS 'The ISSNs of what it appeared in, as the record writes them.';
COMMENT ON COLUMN catalog.release.reference_count IS 'Works in the reference list, whether or not they have a DOI.';

CREATE TABLE catalog.contributor (
  croid uuid NOT NULL,
  member text NOT NULL,
  position integer NOT NULL,
  given_name text,
  family_name text,
  display_name text,
  orcid text,
  sequence text,
  CONSTRAINT contributor_pkey PRIMARY KEY (croid, member, position)
);
COMMENT ON TABLE catalog.contributor IS 'Who contributed to a live release, in the order of the record.';
COMMENT ON COLUMN catalog.contributor.member IS 'The member of the body that names the contributor: author, editor, chair, translator.';
COMMENT ON COLUMN catalog.contributor.position IS 'Zero-based place in that member, as in a JSON pointer.';

CREATE TABLE catalog.affiliation (
  croid uuid NOT NULL,
  member text NOT NULL,
  contributor_position integer NOT NULL,
  position integer NOT NULL,
  name text,
  ror text,
  asserted_by text,
  organisation_croid uuid,
  CONSTRAINT affiliation_pkey PRIMARY KEY (croid, member, contributor_position, position)
);
COMMENT ON TABLE catalog.affiliation IS 'Where contributors of live releases work, as written, and as which organisation it was recognised.';
COMMENT ON COLUMN catalog.affiliation.asserted_by IS 'Who says that it is this organisation: publisher, or nexus for a match of ours.';

CREATE TABLE catalog.funding (
  croid uuid NOT NULL,
  position integer NOT NULL,
  funder_name text,
  funder_doi text,
  awards text[] NOT NULL DEFAULT '{}',
  CONSTRAINT funding_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.funding IS 'Who paid for live releases, with the award numbers.';
COMMENT ON COLUMN catalog.funding.awards IS 'Award numbers, as the record writes them.';

CREATE TABLE catalog.licence (
  croid uuid NOT NULL,
  position integer NOT NULL,
  url text,
  content_version text,
  starts_on date,
  CONSTRAINT licence_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.licence IS 'Under which terms live releases may be used, from when on.';

CREATE TABLE catalog.reference (
  croid uuid NOT NULL,
  position integer NOT NULL,
  doi text NOT NULL,
  CONSTRAINT reference_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.reference IS 'The works that live releases cite by DOI; the whole reference list is a part of the body.';

CREATE TABLE catalog.organisation (
  croid uuid NOT NULL,
  ror text,
  status text NOT NULL,
  name text NOT NULL,
  country_code text,
  country_name text,
  city text,
  types text[] NOT NULL DEFAULT '{}',
  established integer,
  successor_ror text,
  parent_rors text[] NOT NULL DEFAULT '{}',
  CONSTRAINT organisation_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.organisation IS 'The live organisations.';
COMMENT ON COLUMN catalog.organisation.types IS 'What it is, in words of the registry: education, funder, healthcare.';
COMMENT ON COLUMN catalog.organisation.successor_ror IS 'Who carries on, where the registry says so.';
COMMENT ON COLUMN catalog.organisation.parent_rors IS 'What it is a part of: ROR ids without https://ror.org/, in the order of the record.';

CREATE TABLE catalog.organisation_name (
  croid uuid NOT NULL,
  position integer NOT NULL,
  name text NOT NULL,
  types text[] NOT NULL DEFAULT '{}',
  language text,
  CONSTRAINT organisation_name_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.organisation_name IS 'What live organisations are called: labels, aliases, acronyms.';
COMMENT ON COLUMN catalog.organisation_name.types IS 'What kind of name, in words of the registry: label, alias, acronym, ror_display.';

-- catalog/35_indexes
CREATE INDEX ident_redirect_to_idx ON catalog.ident (redirect_to) WHERE redirect_to IS NOT NULL;
COMMENT ON INDEX catalog.ident_redirect_to_idx IS 'Which objects were merged into this one.';

CREATE UNIQUE INDEX editor_username_idx ON catalog.editor (lower(username));
COMMENT ON INDEX catalog.editor_username_idx IS 'Usernames are unique whatever their case.';

CREATE UNIQUE INDEX editgroup_editor_id_idempotency_key_idx
ON catalog.editgroup (editor_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
COMMENT ON INDEX catalog.editgroup_editor_id_idempotency_key_idx IS 'A batch sent again under its key is found, not made again.';

CREATE UNIQUE INDEX edit_editgroup_id_croid_idx ON catalog.edit (editgroup_id, croid);
COMMENT ON INDEX catalog.edit_editgroup_id_croid_idx IS 'The edits of an editgroup, one per object.';

CREATE UNIQUE INDEX release_doi_idx ON catalog.release (doi);
COMMENT ON INDEX catalog.release_doi_idx IS 'A live release by its DOI, and DOIs of one prefix in order.';

CREATE INDEX affiliation_organisation_croid_idx ON catalog.affiliation (organisation_croid)
WHERE organisation_croid IS NOT NULL;
COMMENT ON INDEX catalog.affiliation_organisation_croid_idx IS 'The releases of one organisation.';

CREATE INDEX reference_doi_idx ON catalog.reference (doi);
COMMENT ON INDEX catalog.reference_doi_idx IS 'Who cites this DOI.';

CREATE UNIQUE INDEX organisation_ror_idx ON catalog.organisation (ror);
COMMENT ON INDEX catalog.organisation_ror_idx IS 'A live organisation by its ROR id.';

-- nauvis/10_schema
CREATE SCHEMA nauvis;
COMMENT ON SCHEMA nauvis IS 'Deposits as they came in, byte for byte, what was said to each of their records, and what it changed.';

-- nauvis/20_types
CREATE TYPE nauvis.verdict AS ENUM ('created', 'updated', 'unchanged', 'warning', 'rejected');
COMMENT ON TYPE nauvis.verdict IS 'What became of one record: warning means that it was taken as it is, and that somebody should look at it.';

CREATE TYPE nauvis.media AS ENUM ('deposit', 'deposit-lines');
COMMENT ON TYPE nauvis.media IS 'How the bytes of a deposit are laid out: one JSON document, or a record a line.';

-- nauvis/30_tables
CREATE TABLE nauvis.deposit (
  deposit_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  media nauvis.media NOT NULL,
  origin text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  record_count integer NOT NULL,
  settled_count integer NOT NULL DEFAULT 0,
  rejected_count integer NOT NULL DEFAULT 0,
  is_test boolean NOT NULL DEFAULT false,
  is_atomic boolean NOT NULL DEFAULT false,
  idempotency_key text,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz,
  CONSTRAINT deposit_pkey PRIMARY KEY (deposit_id),
  CONSTRAINT settled_is_part_of_records CHECK (settled_count BETWEEN 0 AND record_count),
  CONSTRAINT rejected_is_part_of_settled CHECK (rejected_count BETWEEN 0 AND settled_count)
) WITH (fillfactor = 70);
COMMENT ON TABLE nauvis.deposit IS 'One batch of records as somebody handed it in.';
COMMENT ON COLUMN nauvis.deposit.origin IS 'Where it came from: http, or the name of the file.';
COMMENT ON COLUMN nauvis.deposit.sha256 IS 'Of the uncompressed bytes: the same key with other bytes is refused.';
COMMENT ON COLUMN nauvis.deposit.is_test IS 'The real run, rolled back: verdicts and the changes it would make, nothing else.';

CREATE TABLE nauvis.deposit_chunk (
  deposit_id uuid NOT NULL REFERENCES nauvis.deposit (deposit_id),
  chunk_no integer NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT deposit_chunk_pkey PRIMARY KEY (deposit_id, chunk_no)
);
ALTER TABLE nauvis.deposit_chunk ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE nauvis.deposit_chunk IS 'Every byte received, for ever: 64 KiB at a time, each compressed as a Zstandard frame of its own, so that one record is read without the others.';
COMMENT ON COLUMN nauvis.deposit_chunk.body IS 'One Zstandard frame: 64 KiB of the deposit, the last one less.';

CREATE TABLE nauvis.deposit_record (
  croid uuid NOT NULL,
  deposit_id uuid NOT NULL REFERENCES nauvis.deposit (deposit_id),
  n integer NOT NULL,
  doi text,
  byte_offset bigint NOT NULL,
  size_bytes integer NOT NULL,
  sha256 bytea NOT NULL,
  expect text,
  is_refused boolean NOT NULL DEFAULT false,
  problems jsonb,
  CONSTRAINT deposit_record_pkey PRIMARY KEY (croid, deposit_id, n)
);
COMMENT ON TABLE nauvis.deposit_record IS 'One record of a deposit: which object it is about and where its bytes lie.';
COMMENT ON COLUMN nauvis.deposit_record.n IS 'Its place in the deposit, from 1; in a file load the place in the file.';
COMMENT ON COLUMN nauvis.deposit_record.byte_offset IS 'Where it begins in the uncompressed bytes of the deposit.';
COMMENT ON COLUMN nauvis.deposit_record.expect IS 'What the depositor expects to be there: any, new, or a revision id.';
COMMENT ON COLUMN nauvis.deposit_record.is_refused IS 'True when the record was rejected, so that it is no base of anything.';
COMMENT ON COLUMN nauvis.deposit_record.problems IS 'Array of {code, pointer, detail, severity}, found when it was taken in.';

CREATE TABLE nauvis.deposit_change (
  croid uuid NOT NULL,
  deposit_id uuid NOT NULL,
  n integer NOT NULL,
  result nauvis.verdict NOT NULL,
  revision_id uuid,
  index bigint,
  problems jsonb,
  patch jsonb,
  settled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT deposit_change_pkey PRIMARY KEY (croid, deposit_id, n),
  CONSTRAINT deposit_change_record_fkey FOREIGN KEY (croid, deposit_id, n)
  REFERENCES nauvis.deposit_record (croid, deposit_id, n)
);
COMMENT ON TABLE nauvis.deposit_change IS 'What became of each record, and the revision and index that it is in.';
COMMENT ON COLUMN nauvis.deposit_change.problems IS 'Array of {code, pointer, detail, severity}, found when it was processed.';
COMMENT ON COLUMN nauvis.deposit_change.patch IS 'JSON Patch that a test deposit would make; of others the revisions tell it.';

-- nauvis/35_indexes
CREATE UNIQUE INDEX deposit_record_deposit_id_n_idx ON nauvis.deposit_record (deposit_id, n);
COMMENT ON INDEX nauvis.deposit_record_deposit_id_n_idx IS 'The records of a deposit in order.';

CREATE UNIQUE INDEX deposit_editor_id_idempotency_key_idx
ON nauvis.deposit (editor_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
COMMENT ON INDEX nauvis.deposit_editor_id_idempotency_key_idx IS 'A deposit sent again under its key is found, not taken twice.';

-- fulgora/10_schema
CREATE SCHEMA fulgora;
COMMENT ON SCHEMA fulgora IS 'Public data as it was released: sources, releases, and every version of every row.';

-- fulgora/20_types
CREATE TYPE fulgora.release_state AS ENUM ('loading', 'complete', 'failed');
COMMENT ON TYPE fulgora.release_state IS 'How far a release has been taken in; only a complete one answers.';

-- fulgora/30_tables
CREATE TABLE fulgora.source (
  source text NOT NULL,
  title text NOT NULL,
  kind catalog.kind NOT NULL,
  scheme text NOT NULL REFERENCES croid.scheme (scheme),
  rank integer NOT NULL,
  licence text NOT NULL,
  homepage text NOT NULL,
  CONSTRAINT source_pkey PRIMARY KEY (source)
);
COMMENT ON TABLE fulgora.source IS 'Where public data comes from, under which licence, and what its rows describe.';
COMMENT ON COLUMN fulgora.source.scheme IS 'The scheme of its keys: the identifier by which a row finds its object.';
COMMENT ON COLUMN fulgora.source.rank IS 'How much its word counts as a base: higher wins; a deposit here is 30, the registry of record 20, others 10.';

CREATE TABLE fulgora.release (
  source text NOT NULL REFERENCES fulgora.source (source),
  release_no integer NOT NULL,
  label text NOT NULL,
  state fulgora.release_state NOT NULL DEFAULT 'loading',
  row_count integer NOT NULL DEFAULT 0,
  changed_count integer NOT NULL DEFAULT 0,
  older_count integer NOT NULL DEFAULT 0,
  problem_count integer NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  completed_at timestamptz,
  CONSTRAINT release_pkey PRIMARY KEY (source, release_no),
  CONSTRAINT completed_means_complete CHECK ((completed_at IS NULL) = (state = 'loading'))
);
COMMENT ON TABLE fulgora.release IS 'One issue of a source as it was taken in.';
COMMENT ON COLUMN fulgora.release.older_count IS 'Rows left alone because a newer version of them is here already.';

CREATE TABLE fulgora.record (
  source text NOT NULL,
  key text NOT NULL,
  valid_from_release integer NOT NULL,
  valid_to_release integer,
  version text NOT NULL DEFAULT '',
  row_hash bytea NOT NULL,
  record bytea NOT NULL,
  CONSTRAINT record_pkey PRIMARY KEY (source, key, valid_from_release),
  CONSTRAINT record_release_fkey FOREIGN KEY (source, valid_from_release)
  REFERENCES fulgora.release (source, release_no),
  CONSTRAINT valid_for_a_while CHECK (valid_to_release > valid_from_release)
);
ALTER TABLE fulgora.record ALTER COLUMN record SET STORAGE EXTERNAL;
COMMENT ON TABLE fulgora.record IS 'Every version of every row of every source, with the releases it was valid in.';
COMMENT ON COLUMN fulgora.record.valid_to_release IS 'The release that changed it; NULL while it is current.';
COMMENT ON COLUMN fulgora.record.version IS 'The source''s own date or number of the row, comparable as text; an older one never replaces a newer one.';
COMMENT ON COLUMN fulgora.record.record IS 'The row as JSON, one Zstandard frame.';

CREATE TABLE fulgora.request (
  task_id uuid NOT NULL REFERENCES platform.task (task_id),
  source text NOT NULL REFERENCES fulgora.source (source),
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT request_pkey PRIMARY KEY (task_id, source)
);
COMMENT ON TABLE fulgora.request IS 'Which sources a task asks; the objects it asks about travel in its messages.';

CREATE TABLE fulgora.request_part (
  task_id uuid NOT NULL REFERENCES platform.task (task_id),
  part text NOT NULL,
  CONSTRAINT request_part_pkey PRIMARY KEY (task_id, part)
);
COMMENT ON TABLE fulgora.request_part IS 'The parts of an answer that are written already: names in the blob store.';

-- fulgora/35_indexes
CREATE UNIQUE INDEX record_source_key_idx ON fulgora.record (source, key)
WHERE valid_to_release IS NULL;
COMMENT ON INDEX fulgora.record_source_key_idx IS 'The current version of a row; there is one.';

CREATE INDEX record_source_valid_from_release_key_idx
ON fulgora.record (source, valid_from_release, key);
COMMENT ON INDEX fulgora.record_source_valid_from_release_key_idx IS 'What a release changed, in order of key.';

-- vulcanus/10_schema
CREATE SCHEMA vulcanus;
COMMENT ON SCHEMA vulcanus IS 'Layers: what each source says of an object, and how one coherent record is made of them.';

-- vulcanus/30_tables
CREATE TABLE vulcanus.strategy (
  strategy text NOT NULL,
  version text NOT NULL,
  kind catalog.kind NOT NULL,
  matches_against catalog.kind,
  rank integer NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  inputs_index bigint NOT NULL DEFAULT 0,
  description text NOT NULL,
  CONSTRAINT strategy_pkey PRIMARY KEY (strategy)
);
COMMENT ON TABLE vulcanus.strategy IS 'How values are added to records. One UPDATE of is_enabled switches a strategy off or on, and everything is derived again.';
COMMENT ON COLUMN vulcanus.strategy.kind IS 'What its layers are about.';
COMMENT ON COLUMN vulcanus.strategy.matches_against IS 'The kind of objects it looks its values up in.';
COMMENT ON COLUMN vulcanus.strategy.rank IS 'How much its word counts: higher wins; an editor is 50, so that no strategy overrides a person.';
COMMENT ON COLUMN vulcanus.strategy.inputs_index IS 'Index of the newest change to what it matches against; a layer made before it is stale.';

CREATE TABLE vulcanus.run (
  run_id uuid NOT NULL DEFAULT uuidv7(),
  reason text NOT NULL,
  object_count integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT run_pkey PRIMARY KEY (run_id)
);
COMMENT ON TABLE vulcanus.run IS 'One pass over a batch of objects; every layer and edit names the run that made it.';
COMMENT ON COLUMN vulcanus.run.reason IS 'What set it off: deposit, enrichment, stale.';

CREATE TABLE vulcanus.layer (
  croid uuid NOT NULL,
  layer_id uuid NOT NULL DEFAULT uuidv7(),
  run_id uuid NOT NULL REFERENCES vulcanus.run (run_id),
  source text NOT NULL,
  source_version text NOT NULL,
  strategy text REFERENCES vulcanus.strategy (strategy),
  inputs_index bigint NOT NULL DEFAULT 0,
  input_hash bytea NOT NULL,
  patch jsonb NOT NULL,
  evidence jsonb NOT NULL,
  confidence real NOT NULL,
  asserted_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  CONSTRAINT layer_pkey PRIMARY KEY (croid, layer_id),
  CONSTRAINT confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT patch_is_a_list CHECK (jsonb_typeof(patch) = 'array')
);
COMMENT ON TABLE vulcanus.layer IS 'What one source adds to one object, as a patch with its evidence. An empty patch says: looked, found nothing.';
COMMENT ON COLUMN vulcanus.layer.source IS 'strategy:<name>, or editor:<uuid>.';
COMMENT ON COLUMN vulcanus.layer.inputs_index IS 'How new what it was matched against was; -1: the strategy was off, and nothing was looked for.';
COMMENT ON COLUMN vulcanus.layer.input_hash IS 'Hash of what it read of the object; another hash makes it stale.';
COMMENT ON COLUMN vulcanus.layer.patch IS 'Array of {field, action, path, originalValue, enrichedValue}, with a JSON pointer as path, and per element its confidence and evidence.';
COMMENT ON COLUMN vulcanus.layer.evidence IS 'What the layer as a whole rests on, in words of its strategy; the evidence of a value is in the patch.';

CREATE TABLE vulcanus.source_cursor (
  source text NOT NULL REFERENCES fulgora.source (source),
  release_no integer NOT NULL DEFAULT 0,
  key text,
  CONSTRAINT source_cursor_pkey PRIMARY KEY (source)
);
COMMENT ON TABLE vulcanus.source_cursor IS 'How far the changed keys of each source have been asked for.';
COMMENT ON COLUMN vulcanus.source_cursor.key IS 'The last key asked for of release_no; NULL when that release is done.';

-- vulcanus/35_indexes
CREATE UNIQUE INDEX layer_croid_strategy_idx ON vulcanus.layer (croid, strategy)
WHERE retired_at IS NULL AND strategy IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_croid_strategy_idx IS 'The layer of a strategy that is in force on an object; there is one at most.';

CREATE INDEX layer_strategy_inputs_index_idx ON vulcanus.layer (strategy, inputs_index, croid)
WHERE retired_at IS NULL;
COMMENT ON INDEX vulcanus.layer_strategy_inputs_index_idx IS 'The stale layers of a strategy, oldest inputs first.';

-- gleba/10_schema
CREATE SCHEMA gleba;
COMMENT ON SCHEMA gleba IS 'Reports: counts that spoil, each with its age and shelf life.';

-- gleba/30_tables
CREATE TABLE gleba.shelf_life (
  report text NOT NULL,
  title text NOT NULL,
  shelf_life interval NOT NULL,
  refreshed_at timestamptz,
  as_of_index bigint,
  CONSTRAINT shelf_life_pkey PRIMARY KEY (report),
  CONSTRAINT refreshed_has_an_index CHECK ((refreshed_at IS NULL) = (as_of_index IS NULL))
);
COMMENT ON TABLE gleba.shelf_life IS 'How long each report stays fresh, when it was last made, and of which index of the changelog.';

-- aquilo/10_schema
CREATE SCHEMA aquilo;
COMMENT ON SCHEMA aquilo IS 'What leaves: search documents and the lists made from them.';

-- aquilo/30_tables
CREATE TABLE aquilo.document (
  croid uuid NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT document_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE aquilo.document IS 'What a live release is found by: its title, contributors, container, publisher and year.';

-- aquilo/35_indexes
CREATE INDEX document_search_idx ON aquilo.document USING gin (search);
COMMENT ON INDEX aquilo.document_search_idx IS 'Releases that contain the words of a query.';

