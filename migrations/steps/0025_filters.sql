-- What works are filtered, counted, ordered and found by.
-- squawk-ignore-file require-concurrent-index-creation
-- Writers wait while indexes are made: a step is one transaction, all of it or nothing.
ALTER TABLE aquilo.document
ADD COLUMN fields tsvector NOT NULL DEFAULT '',
ADD COLUMN terms text[] NOT NULL DEFAULT '{}',
ADD COLUMN title text NOT NULL DEFAULT '',
ADD COLUMN title_key bigint NOT NULL DEFAULT 0,
ADD COLUMN created_at timestamptz NOT NULL DEFAULT '-infinity',
ADD COLUMN deposited_at timestamptz NOT NULL DEFAULT '-infinity',
ADD COLUMN indexed_at timestamptz NOT NULL DEFAULT '-infinity',
ADD COLUMN changed_index bigint NOT NULL DEFAULT 0,
ADD COLUMN reference_count integer NOT NULL DEFAULT 0,
ADD COLUMN issued_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN published_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN online_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN print_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN posted_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN accepted_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN approved_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN awarded_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN event_start_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN event_end_on date NOT NULL DEFAULT '-infinity',
ADD COLUMN award_amounts numeric[];

CREATE TABLE aquilo.cited (
  croid uuid NOT NULL,
  cited_by_count integer NOT NULL,
  CONSTRAINT cited_pkey PRIMARY KEY (croid)
) WITH (fillfactor = 70);

CREATE TABLE aquilo.notice (
  croid uuid NOT NULL,
  position integer NOT NULL,
  doi text NOT NULL,
  update_type text,
  label text,
  updated_on date,
  CONSTRAINT notice_pkey PRIMARY KEY (croid, position)
);

CREATE TABLE aquilo.term (
  term text NOT NULL,
  member text NOT NULL,
  path jsonpath NOT NULL,
  form text NOT NULL,
  is_grouped boolean NOT NULL DEFAULT false,
  CONSTRAINT term_pkey PRIMARY KEY (term, member),
  CONSTRAINT term_is_kebab_case CHECK (term ~ '^[a-z]+([.-][a-z]+)*$'),
  CONSTRAINT term_form_is_known CHECK (
    form IN (
      'flag', 'exact', 'lower', 'label', 'doi', 'prefix', 'funder', 'orcid', 'ror', 'issn', 'isbn', 'member', 'url'
    )
  ),
  CONSTRAINT grouped_term_has_a_value CHECK (NOT is_grouped OR form <> 'flag')
);

CREATE TABLE aquilo.word_path (
  code text NOT NULL,
  member text NOT NULL,
  path jsonpath NOT NULL,
  CONSTRAINT word_path_pkey PRIMARY KEY (code, member),
  CONSTRAINT word_code_is_kebab_case CHECK (code ~ '^[a-z]+(-[a-z]+)*$')
);

CREATE TABLE aquilo.filter (
  filter text NOT NULL,
  takes text NOT NULL,
  term text,
  form text,
  sub_object text,
  fragment text NOT NULL,
  bound_by text,
  example text NOT NULL,
  description text NOT NULL,
  CONSTRAINT filter_pkey PRIMARY KEY (filter),
  CONSTRAINT filter_is_kebab_case CHECK (filter ~ '^[a-z]+([.-][a-z]+)*$'),
  CONSTRAINT filter_takes_what_is_known CHECK (
    takes IN (
      'flag', 'text', 'date', 'integer', 'number', 'doi', 'prefix', 'funder', 'orcid', 'ror', 'issn', 'isbn', 'member'
    )
  ),
  CONSTRAINT filter_term_has_a_form CHECK ((term IS NULL) = (form IS NULL))
);

CREATE TABLE aquilo.facet (
  facet text NOT NULL,
  term text NOT NULL,
  description text NOT NULL,
  CONSTRAINT facet_pkey PRIMARY KEY (facet)
);

CREATE TABLE aquilo.sort (
  sort text NOT NULL,
  expression text,
  takes text NOT NULL,
  description text NOT NULL,
  CONSTRAINT sort_pkey PRIMARY KEY (sort),
  CONSTRAINT sort_takes_what_is_known CHECK (takes IN ('date', 'timestamptz', 'integer', 'real'))
);

CREATE TABLE aquilo.query_field (
  query_field text NOT NULL,
  codes text[] NOT NULL,
  description text NOT NULL,
  CONSTRAINT query_field_pkey PRIMARY KEY (query_field)
);

CREATE TABLE aquilo.select_field (
  select_field text NOT NULL,
  is_volatile boolean NOT NULL,
  CONSTRAINT select_field_pkey PRIMARY KEY (select_field)
);

CREATE TABLE aquilo.listed (
  collection text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  detail text NOT NULL DEFAULT '',
  search tsvector NOT NULL,
  CONSTRAINT listed_pkey PRIMARY KEY (collection, id, name, detail),
  CONSTRAINT collection_is_known CHECK (
    collection IN ('members', 'prefixes', 'funders', 'journals', 'licenses')
  )
);

CREATE INDEX document_fields_idx ON aquilo.document USING gin (fields);

CREATE INDEX document_terms_idx ON aquilo.document USING gin (terms);

CREATE INDEX document_title_idx ON aquilo.document USING gin (title public.gin_trgm_ops);

CREATE INDEX document_created_at_croid_idx ON aquilo.document (created_at, croid);

CREATE INDEX document_deposited_at_croid_idx ON aquilo.document (deposited_at, croid);

CREATE INDEX document_indexed_at_croid_idx ON aquilo.document (indexed_at, croid);

CREATE INDEX document_changed_index_idx ON aquilo.document (changed_index);

CREATE INDEX document_reference_count_croid_idx ON aquilo.document (reference_count, croid);

CREATE INDEX document_issued_on_croid_idx ON aquilo.document (issued_on, croid);

CREATE INDEX document_published_on_croid_idx ON aquilo.document (published_on, croid);

CREATE INDEX document_online_on_croid_idx ON aquilo.document (online_on, croid);

CREATE INDEX document_print_on_croid_idx ON aquilo.document (print_on, croid);

CREATE INDEX document_posted_on_idx ON aquilo.document (posted_on) WHERE posted_on > '-infinity';

CREATE INDEX document_accepted_on_idx ON aquilo.document (accepted_on)
WHERE accepted_on > '-infinity';

CREATE INDEX document_approved_on_idx ON aquilo.document (approved_on)
WHERE approved_on > '-infinity';

CREATE INDEX document_awarded_on_idx ON aquilo.document (awarded_on) WHERE awarded_on > '-infinity';

CREATE INDEX document_event_start_on_idx ON aquilo.document (event_start_on)
WHERE event_start_on > '-infinity';

CREATE INDEX document_event_end_on_idx ON aquilo.document (event_end_on)
WHERE event_end_on > '-infinity';

CREATE INDEX document_awards_idx ON aquilo.document (croid) WHERE award_amounts IS NOT NULL;

CREATE INDEX cited_cited_by_count_croid_idx ON aquilo.cited (cited_by_count, croid);

CREATE INDEX notice_doi_idx ON aquilo.notice (doi);

CREATE INDEX listed_search_idx ON aquilo.listed USING gin (search);

CREATE INDEX listed_issn_idx ON aquilo.listed USING gin (string_to_array(id, ','))
WHERE collection = 'journals';

-- The documents there are hold none of it yet: they are made again, by who makes them.
SELECT
  pgmq.send('aquilo_accepted', jsonb_build_object(
    'v', 1, 'event', 'accepted', 'croids', jsonb_agg(d.croid), 'at', now(),
    'index', (SELECT c.index FROM catalog.clock AS c)
  ))
FROM (
  SELECT r.croid, (row_number() OVER (ORDER BY r.croid) - 1) / 1000 AS batch
  FROM catalog.release AS r
) AS d
-- A replica gets them from the database that it follows.
WHERE
  NOT EXISTS (
    SELECT FROM pg_subscription AS s JOIN pg_database AS b ON b.oid = s.subdbid
    WHERE b.datname = current_database() AND 'nexus_changelog' = ANY(s.subpublications)
  )
  -- A database that was never upgraded whole has no queue yet, and no documents.
  AND to_regclass('pgmq.q_aquilo_accepted') IS NOT NULL
GROUP BY d.batch;
