-- The columns that constraints and indexes are made for are new and empty; a virtual one is not stored.
-- squawk-ignore-file adding-foreign-key-constraint, adding-field-with-default, ban-drop-not-null
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation

-- catalog/30_tables
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

-- catalog/31_projections
ALTER TABLE catalog.release
ADD COLUMN work_croid uuid,
ADD COLUMN container_croid uuid,
ADD COLUMN release_type text REFERENCES catalog.release_type (release_type),
ADD COLUMN release_stage text REFERENCES catalog.release_stage (release_stage),
ADD COLUMN withdrawn_status text REFERENCES catalog.withdrawn_status (withdrawn_status),
ADD COLUMN withdrawn_on date,
ADD COLUMN withdrawn_year integer;

ALTER TABLE catalog.contributor
ADD COLUMN creator_croid uuid,
ADD COLUMN given_role text REFERENCES catalog.contributor_role (contributor_role),
ADD COLUMN role text GENERATED ALWAYS AS (
  coalesce(given_role, nullif(nullif(member, 'chair'), 'contributor'))
) VIRTUAL;

ALTER TABLE catalog.reference
ALTER COLUMN doi DROP NOT NULL,
ADD COLUMN target_croid uuid,
ADD CONSTRAINT reference_names_its_target CHECK (doi IS NOT NULL OR target_croid IS NOT NULL);

CREATE TABLE catalog.abstract (
  croid uuid NOT NULL,
  position integer NOT NULL,
  sha256 bytea NOT NULL,
  mimetype text,
  language text,
  CONSTRAINT abstract_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.abstract IS 'The abstracts of live releases, without their text, which is in the body.';
COMMENT ON COLUMN catalog.abstract.position IS 'Zero-based; the first is the abstract of the body, the others lie under nexus.';
COMMENT ON COLUMN catalog.abstract.sha256 IS 'Hash of the text in UTF-8.';

CREATE TABLE catalog.work (
  croid uuid NOT NULL,
  CONSTRAINT work_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.work IS 'The live works; their releases name them.';

CREATE TABLE catalog.creator (
  croid uuid NOT NULL,
  display_name text NOT NULL,
  given_name text,
  surname text,
  orcid text,
  wikidata_qid text,
  CONSTRAINT creator_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.creator IS 'The live creators: people and groups who contribute to releases.';

CREATE TABLE catalog.container (
  croid uuid NOT NULL,
  name text NOT NULL,
  container_type text,
  publication_status text,
  publisher text,
  issnl text,
  wikidata_qid text,
  CONSTRAINT container_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.container IS 'The live containers: what releases appear in, such as journals and repositories.';
COMMENT ON COLUMN catalog.container.issnl IS 'The ISSN that links those of its media.';

CREATE TABLE catalog.container_issn (
  croid uuid NOT NULL,
  medium text NOT NULL,
  issn text NOT NULL,
  CONSTRAINT container_issn_pkey PRIMARY KEY (croid, medium)
);
COMMENT ON TABLE catalog.container_issn IS 'The ISSNs of live containers, one row for each member that has one.';
COMMENT ON COLUMN catalog.container_issn.medium IS 'What it is the ISSN of: linking, electronic, print.';

CREATE TABLE catalog.file (
  croid uuid NOT NULL,
  size_bytes bigint,
  md5 bytea,
  sha1 bytea,
  sha256 bytea,
  mimetype text,
  content_scope text,
  CONSTRAINT file_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.file IS 'The live files: single copies of releases.';
COMMENT ON COLUMN catalog.file.md5 IS 'MD5 hash of the file, 16 bytes.';
COMMENT ON COLUMN catalog.file.sha1 IS 'SHA-1 hash of the file, 20 bytes.';
COMMENT ON COLUMN catalog.file.content_scope IS 'What it holds if not the whole release: issue, abstract, sample.';

CREATE TABLE catalog.file_url (
  croid uuid NOT NULL,
  position integer NOT NULL,
  url text,
  rel text,
  CONSTRAINT file_url_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.file_url IS 'Where live files can be had.';
COMMENT ON COLUMN catalog.file_url.rel IS 'What kind of place it is: publisher, repository, webarchive.';

CREATE TABLE catalog.file_release (
  croid uuid NOT NULL,
  position integer NOT NULL,
  release_croid uuid NOT NULL,
  CONSTRAINT file_release_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.file_release IS 'Which releases live files are copies of.';

CREATE TABLE catalog.fileset (
  croid uuid NOT NULL,
  content_scope text,
  CONSTRAINT fileset_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.fileset IS 'The live filesets: copies of releases that are made of several files, such as datasets.';

CREATE TABLE catalog.fileset_file (
  croid uuid NOT NULL,
  position integer NOT NULL,
  path text,
  size_bytes bigint,
  md5 bytea,
  sha1 bytea,
  sha256 bytea,
  mimetype text,
  CONSTRAINT fileset_file_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.fileset_file IS 'The manifests of live filesets, a row for each file.';
COMMENT ON COLUMN catalog.fileset_file.md5 IS 'MD5 hash of the file, 16 bytes.';
COMMENT ON COLUMN catalog.fileset_file.sha1 IS 'SHA-1 hash of the file, 20 bytes.';

CREATE TABLE catalog.fileset_url (
  croid uuid NOT NULL,
  position integer NOT NULL,
  url text,
  rel text,
  CONSTRAINT fileset_url_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.fileset_url IS 'Where live filesets can be had.';
COMMENT ON COLUMN catalog.fileset_url.rel IS 'What kind of place it is: publisher, repository, webarchive.';

CREATE TABLE catalog.fileset_release (
  croid uuid NOT NULL,
  position integer NOT NULL,
  release_croid uuid NOT NULL,
  CONSTRAINT fileset_release_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.fileset_release IS 'Which releases live filesets are copies of.';

CREATE TABLE catalog.webcapture (
  croid uuid NOT NULL,
  original_url text,
  captured_at timestamptz,
  content_scope text,
  CONSTRAINT webcapture_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.webcapture IS 'The live web captures: releases that are web pages, as an archive keeps them.';

CREATE TABLE catalog.webcapture_cdx (
  croid uuid NOT NULL,
  position integer NOT NULL,
  surt text,
  captured_at timestamptz,
  url text,
  mimetype text,
  status_code integer,
  size_bytes bigint,
  sha1 bytea,
  sha256 bytea,
  CONSTRAINT webcapture_cdx_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.webcapture_cdx IS 'The resources of live web captures, a row for each, as an index of web archives (CDX) lists them.';
COMMENT ON COLUMN catalog.webcapture_cdx.sha1 IS 'SHA-1 hash of the resource, 20 bytes.';
COMMENT ON COLUMN catalog.webcapture_cdx.surt IS 'The URL with its host turned round, so that pages of one site sort together.';

CREATE TABLE catalog.webcapture_url (
  croid uuid NOT NULL,
  position integer NOT NULL,
  url text,
  rel text,
  CONSTRAINT webcapture_url_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.webcapture_url IS 'Where live web captures can be had.';
COMMENT ON COLUMN catalog.webcapture_url.rel IS 'What kind of place it is: publisher, repository, webarchive.';

CREATE TABLE catalog.webcapture_release (
  croid uuid NOT NULL,
  position integer NOT NULL,
  release_croid uuid NOT NULL,
  CONSTRAINT webcapture_release_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.webcapture_release IS 'Which releases live web captures are copies of.';

-- catalog/35_indexes
CREATE INDEX release_work_croid_idx ON catalog.release (work_croid) WHERE work_croid IS NOT NULL;
COMMENT ON INDEX catalog.release_work_croid_idx IS 'The releases of a work.';

CREATE INDEX release_container_croid_idx ON catalog.release (container_croid)
WHERE container_croid IS NOT NULL;
COMMENT ON INDEX catalog.release_container_croid_idx IS 'The releases in a container.';

CREATE INDEX contributor_creator_croid_idx ON catalog.contributor (creator_croid)
WHERE creator_croid IS NOT NULL;
COMMENT ON INDEX catalog.contributor_creator_croid_idx IS 'The releases of a creator.';

CREATE INDEX reference_target_croid_idx ON catalog.reference (target_croid)
WHERE target_croid IS NOT NULL;
COMMENT ON INDEX catalog.reference_target_croid_idx IS 'Who cites this release.';

CREATE UNIQUE INDEX creator_orcid_idx ON catalog.creator (orcid);
COMMENT ON INDEX catalog.creator_orcid_idx IS 'A live creator by the ORCID iD.';

CREATE INDEX container_issn_issn_idx ON catalog.container_issn (issn);
COMMENT ON INDEX catalog.container_issn_issn_idx IS 'Live containers by any of their ISSNs.';

CREATE INDEX file_md5_idx ON catalog.file (md5) WHERE md5 IS NOT NULL;
COMMENT ON INDEX catalog.file_md5_idx IS 'Live files by their MD5 hash.';

CREATE INDEX file_sha1_idx ON catalog.file (sha1) WHERE sha1 IS NOT NULL;
COMMENT ON INDEX catalog.file_sha1_idx IS 'Live files by their SHA-1 hash.';

CREATE INDEX file_sha256_idx ON catalog.file (sha256) WHERE sha256 IS NOT NULL;
COMMENT ON INDEX catalog.file_sha256_idx IS 'Live files by their SHA-256 hash.';

CREATE INDEX file_release_release_croid_idx ON catalog.file_release (release_croid);
COMMENT ON INDEX catalog.file_release_release_croid_idx IS 'The files of a release.';

CREATE INDEX fileset_release_release_croid_idx ON catalog.fileset_release (release_croid);
COMMENT ON INDEX catalog.fileset_release_release_croid_idx IS 'The filesets of a release.';

CREATE INDEX webcapture_release_release_croid_idx ON catalog.webcapture_release (release_croid);
COMMENT ON INDEX catalog.webcapture_release_release_croid_idx IS 'The webcaptures of a release.';

-- SURTs may be too long for a tree.
CREATE INDEX webcapture_cdx_surt_idx ON catalog.webcapture_cdx USING hash (surt);
COMMENT ON INDEX catalog.webcapture_cdx_surt_idx IS 'Live web captures by the SURT of a resource.';
