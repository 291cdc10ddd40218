-- The rows of the registry come with the repeatable scripts, after this step.
ALTER TYPE nauvis.media ADD VALUE 'csl';
ALTER TYPE nauvis.media ADD VALUE 'datacite';

CREATE TABLE catalog.record_type (
  record_type text NOT NULL,
  title text NOT NULL,
  required text[] NOT NULL,
  recommended text[] NOT NULL,
  CONSTRAINT record_type_pkey PRIMARY KEY (record_type),
  CONSTRAINT required_is_not_recommended_too CHECK (NOT required && recommended)
);
