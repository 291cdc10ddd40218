CREATE TABLE fulgora.statement (
  source text NOT NULL,
  key text NOT NULL,
  valid_from_release integer NOT NULL,
  n integer NOT NULL,
  scheme text NOT NULL,
  value text NOT NULL,
  role text NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT statement_pkey PRIMARY KEY (source, key, valid_from_release, n),
  CONSTRAINT statement_record_fkey FOREIGN KEY (source, key, valid_from_release)
  REFERENCES fulgora.record (source, key, valid_from_release) NOT ENFORCED,
  CONSTRAINT facts_are_an_object CHECK (jsonb_typeof(facts) = 'object')
);
COMMENT ON TABLE fulgora.statement IS 'What a version of a row says about an identifier: the few facts of it that SQL reads; the row itself is in fulgora.record.';
COMMENT ON COLUMN fulgora.statement.scheme IS 'What the value is: an identifier scheme, or prefix and abbreviation, which name no object.';
COMMENT ON COLUMN fulgora.statement.facts IS 'Object of the few facts that the views of its role name: type, on, notice, reasons of an update; institution, euro of a payment.';
COMMENT ON COLUMN fulgora.statement.role IS 'What the identifier is to the row: updated, notice, paid, listed, claimed, employer, same, held, abbreviated.';

CREATE TABLE fulgora.update_type (
  update_type text NOT NULL,
  title text NOT NULL,
  is_withdrawing boolean NOT NULL,
  relation_type text NOT NULL,
  CONSTRAINT update_type_pkey PRIMARY KEY (update_type)
);
COMMENT ON TABLE fulgora.update_type IS 'What can happen to a published object: the words of Crossref, and reinstatement.';
COMMENT ON COLUMN fulgora.update_type.is_withdrawing IS 'After it the object no longer stands.';
COMMENT ON COLUMN fulgora.update_type.relation_type IS 'What the notice does to the object: a word of nexus.relation_type.';

CREATE TABLE fulgora.update_word (
  word text NOT NULL,
  update_type text NOT NULL REFERENCES fulgora.update_type (update_type),
  CONSTRAINT update_word_pkey PRIMARY KEY (word),
  CONSTRAINT word_is_folded CHECK (word ~ '^[a-z]+(_[a-z]+)*$')
);
COMMENT ON TABLE fulgora.update_word IS 'How kinds of updates are written, in records and by sources, folded to lower case and underscores, and which is meant: the one place that knows dirty words.';
