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
  work_croid uuid,
  container_croid uuid,
  release_type text REFERENCES catalog.release_type (release_type),
  release_stage text REFERENCES catalog.release_stage (release_stage),
  withdrawn_status text REFERENCES catalog.withdrawn_status (withdrawn_status),
  withdrawn_on date,
  withdrawn_year integer,
  projected_from uuid,
  CONSTRAINT release_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE catalog.release IS 'The live releases: what is cited by DOI, one row each.';
COMMENT ON COLUMN catalog.release.projected_from IS 'The revision that the rows of the release, in this table and the others, were made from.';
COMMENT ON COLUMN catalog.release.issued_on IS 'The date of issue where month and day are known and real; the year alone is in issued_year.';
COMMENT ON COLUMN catalog.release.issn IS 'The ISSNs of what it appeared in, as the record writes them.';
COMMENT ON COLUMN catalog.release.reference_count IS 'Works in the reference list, whether or not they have a DOI.';
COMMENT ON COLUMN catalog.release.type IS 'What it is in Crossref''s words.';
COMMENT ON COLUMN catalog.release.release_type IS 'What it is in the words of catalog.release_type, where those of Crossref do not say it.';
COMMENT ON COLUMN catalog.release.withdrawn_year IS 'The year of withdrawal, also where the day is not known.';

CREATE TABLE catalog.contributor (
  croid uuid NOT NULL,
  member text NOT NULL,
  position integer NOT NULL,
  given_name text,
  family_name text,
  display_name text,
  orcid text,
  sequence text,
  creator_croid uuid,
  given_role text REFERENCES catalog.contributor_role (contributor_role),
  role text GENERATED ALWAYS AS (
    coalesce(given_role, nullif(nullif(member, 'chair'), 'contributor'))
  ) VIRTUAL,
  CONSTRAINT contributor_pkey PRIMARY KEY (croid, member, position)
);
COMMENT ON TABLE catalog.contributor IS 'Who contributed to a live release, in the order of the record.';
COMMENT ON COLUMN catalog.contributor.member IS 'The member of the body that names the contributor: author, editor, chair, translator; contributor for those under nexus.';
COMMENT ON COLUMN catalog.contributor.position IS 'Zero-based place in that member, as in a JSON pointer.';
COMMENT ON COLUMN catalog.contributor.creator_croid IS 'Who it is, where the record names an object.';
COMMENT ON COLUMN catalog.contributor.given_role IS 'The role an editor gave, in words of catalog.contributor_role.';
COMMENT ON COLUMN catalog.contributor.role IS 'The role given, or else the one that the member says.';

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
  organisation_croid uuid,
  is_found boolean NOT NULL DEFAULT false,
  CONSTRAINT funding_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE catalog.funding IS 'Who paid for live releases, with the award numbers.';
COMMENT ON COLUMN catalog.funding.awards IS 'Award numbers, as the record writes them.';
COMMENT ON COLUMN catalog.funding.organisation_croid IS 'The organisation as which the funder was recognised.';
COMMENT ON COLUMN catalog.funding.is_found IS 'It was recognised by its name; the publisher gave no funder id.';

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
  doi text,
  target_croid uuid,
  is_found boolean NOT NULL DEFAULT false,
  CONSTRAINT reference_pkey PRIMARY KEY (croid, position),
  CONSTRAINT reference_names_its_target CHECK (doi IS NOT NULL OR target_croid IS NOT NULL)
);
COMMENT ON TABLE catalog.reference IS 'What live releases cite by DOI or CROID; the whole reference list is a part of the body.';
COMMENT ON COLUMN catalog.reference.is_found IS 'A strategy of this hub found its DOI; the publisher gave none.';
COMMENT ON COLUMN catalog.reference.target_croid IS 'The release that is cited, where the record names an object.';

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
COMMENT ON COLUMN catalog.abstract.sha256 IS 'catalog.hash_part of the abstract: the same text has the same hash in every release.';

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
