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
