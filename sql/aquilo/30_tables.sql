CREATE TABLE aquilo.document (
  croid uuid NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT document_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE aquilo.document IS 'What a live release is found by: its title, contributors, container, publisher and year.';
