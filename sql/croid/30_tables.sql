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
  REFERENCES croid.scheme (scheme, is_unique) NOT ENFORCED,
  CONSTRAINT is_unique_as_its_scheme CHECK (
    is_unique = (scheme IN ('doi', 'orcid', 'ror', 'funder', 'pmid', 'pmcid', 'hdl', 'arxiv'))
  ),
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

CREATE TABLE croid.former_identifier (
  scheme text NOT NULL,
  value text NOT NULL,
  croid uuid NOT NULL,
  CONSTRAINT former_identifier_pkey PRIMARY KEY (scheme, value, croid)
);
COMMENT ON TABLE croid.former_identifier IS 'Which objects an identifier named before: where to look when it is asked who had it at an index. What an object was called then is in its revisions.';
