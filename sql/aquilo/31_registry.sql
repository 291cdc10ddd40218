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
COMMENT ON TABLE aquilo.term IS 'By which values works are filtered and counted, and where in a body they stand.';
COMMENT ON COLUMN aquilo.term.member IS 'The member of the body that is looked into, so that bodies without it cost nothing.';
COMMENT ON COLUMN aquilo.term.path IS 'Where in the body the values are; for a grouped term, where in one element of the member.';
COMMENT ON COLUMN aquilo.term.form IS 'How aquilo.fold_value writes the value; a flag has none.';
COMMENT ON COLUMN aquilo.term.is_grouped IS 'Whether the values of one element of the member are also kept together, so that filters can bind the same one.';

CREATE TABLE aquilo.word_path (
  code text NOT NULL,
  member text NOT NULL,
  path jsonpath NOT NULL,
  CONSTRAINT word_path_pkey PRIMARY KEY (code, member),
  CONSTRAINT word_code_is_kebab_case CHECK (code ~ '^[a-z]+(-[a-z]+)*$')
);
COMMENT ON TABLE aquilo.word_path IS 'Which words of a body are searched by field, and where they stand.';
COMMENT ON COLUMN aquilo.word_path.code IS 'What stands before a word in aquilo.document.fields.';

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
COMMENT ON TABLE aquilo.filter IS 'What lists of works are filtered by: what each filter takes, which condition it stands for, and what is said of it.';
COMMENT ON COLUMN aquilo.filter.takes IS 'What its values are; anything else is refused.';
COMMENT ON COLUMN aquilo.filter.term IS 'The term of aquilo.term that its values are compared with.';
COMMENT ON COLUMN aquilo.filter.form IS 'How aquilo.fold_value writes its values.';
COMMENT ON COLUMN aquilo.filter.sub_object IS 'Filters of one sub-object bind the same one: the same licence, link, award or relation.';
COMMENT ON COLUMN aquilo.filter.fragment IS 'The condition on aquilo.document AS d; {terms}, {value} and {bound} stand for what is bound.';
COMMENT ON COLUMN aquilo.filter.bound_by IS 'The condition on a row of the sub-object, where another filter of it reads rows; {values} is bound.';

CREATE TABLE aquilo.facet (
  facet text NOT NULL,
  term text NOT NULL,
  description text NOT NULL,
  CONSTRAINT facet_pkey PRIMARY KEY (facet)
);
COMMENT ON TABLE aquilo.facet IS 'By what the works of a list are counted: the values of a term.';

CREATE TABLE aquilo.sort (
  sort text NOT NULL,
  expression text,
  takes text NOT NULL,
  description text NOT NULL,
  CONSTRAINT sort_pkey PRIMARY KEY (sort),
  CONSTRAINT sort_takes_what_is_known CHECK (takes IN ('date', 'timestamptz', 'integer', 'real'))
);
COMMENT ON TABLE aquilo.sort IS 'In which orders lists of works are told.';
COMMENT ON COLUMN aquilo.sort.expression IS 'A column of aquilo.document AS d or aquilo.cited AS c; null for the score.';

CREATE TABLE aquilo.query_field (
  query_field text NOT NULL,
  codes text[] NOT NULL,
  description text NOT NULL,
  CONSTRAINT query_field_pkey PRIMARY KEY (query_field)
);
COMMENT ON TABLE aquilo.query_field IS 'In which parts of works words are searched for.';
COMMENT ON COLUMN aquilo.query_field.codes IS 'Codes of aquilo.word_path, any of which may hold a word; none for the whole search document.';

CREATE TABLE aquilo.select_field (
  select_field text NOT NULL,
  is_volatile boolean NOT NULL,
  CONSTRAINT select_field_pkey PRIMARY KEY (select_field)
);
COMMENT ON TABLE aquilo.select_field IS 'Which members of works a list can be told to show alone.';
COMMENT ON COLUMN aquilo.select_field.is_volatile IS 'Whether it is told around the body rather than in it.';

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
COMMENT ON TABLE aquilo.listed IS 'Who and what works name, under every name that they use: members, prefixes, funders, journals, licences.';
COMMENT ON COLUMN aquilo.listed.id IS 'Number, prefix, DOI, ISSNs with commas between them, URL.';
COMMENT ON COLUMN aquilo.listed.detail IS 'Of a member a prefix, of a prefix its member, of a journal its publisher.';
