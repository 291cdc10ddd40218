CREATE TABLE vulcanus.matched_text (
  text_id uuid NOT NULL DEFAULT uuidv7(),
  strategy text NOT NULL REFERENCES vulcanus.strategy (strategy) NOT ENFORCED,
  inputs_index bigint NOT NULL,
  text_hash uuid NOT NULL,
  text text NOT NULL,
  terms integer[] NOT NULL,
  answer uuid NOT NULL,
  CONSTRAINT matched_text_pkey PRIMARY KEY (text_id)
);
COMMENT ON TABLE vulcanus.matched_text IS 'What a strategy read in records, each text once or by chance a few times, so that a change is held against texts and not against records.';
COMMENT ON COLUMN vulcanus.matched_text.inputs_index IS 'How new what it was matched against was when it was first read, or last found to mean something else.';
COMMENT ON COLUMN vulcanus.matched_text.text_hash IS 'Hash of the text; its first 31 bits are the term that layers name it by.';
COMMENT ON COLUMN vulcanus.matched_text.terms IS 'Hashes of its words, and of the question mark where it spells no name.';
COMMENT ON COLUMN vulcanus.matched_text.answer IS 'Hash of what it was found to mean; the layers have it in full.';
