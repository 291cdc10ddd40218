CREATE TABLE vulcanus.update_claim (
  croid uuid NOT NULL,
  source text NOT NULL,
  key text NOT NULL,
  original_doi text NOT NULL,
  notice_doi text,
  update_type text NOT NULL,
  updated_on date,
  CONSTRAINT update_claim_pkey PRIMARY KEY (croid, source, key, original_doi, update_type),
  CONSTRAINT dois_fit_their_index CHECK (
    octet_length(original_doi) <= 2000 AND octet_length(notice_doi) <= 2000
  )
);
COMMENT ON TABLE vulcanus.update_claim IS 'Who says that a work was retracted, corrected or otherwise updated: notices in their own records, and rows of sources that were asked about an object.';
COMMENT ON COLUMN vulcanus.update_claim.croid IS 'The object whose record says it, or about which the source was asked.';
COMMENT ON COLUMN vulcanus.update_claim.source IS 'record, or the name of a source.';
COMMENT ON COLUMN vulcanus.update_claim.key IS 'The row of the source; empty for a record.';
COMMENT ON COLUMN vulcanus.update_claim.update_type IS 'In the words of nexus.update_type, dirty ones read as what they mean.';
