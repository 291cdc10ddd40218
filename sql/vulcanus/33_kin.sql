CREATE TABLE vulcanus.version_claim (
  croid uuid NOT NULL,
  relation_type text NOT NULL,
  doi text NOT NULL,
  CONSTRAINT version_claim_pkey PRIMARY KEY (croid, relation_type, doi),
  CONSTRAINT claimed_doi_fits_its_index CHECK (octet_length(doi) <= 2000)
);
COMMENT ON TABLE vulcanus.version_claim IS 'Which other versions of itself, by DOI, a release names in its relations.';

CREATE TABLE vulcanus.merge_proposal (
  croid uuid NOT NULL,
  into_croid uuid NOT NULL,
  rule text NOT NULL,
  confidence real NOT NULL,
  evidence jsonb NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  is_accepted boolean,
  decided_by uuid REFERENCES catalog.editor (editor_id),
  decided_at timestamptz,
  index bigint,
  CONSTRAINT merge_proposal_pkey PRIMARY KEY (croid, into_croid),
  CONSTRAINT younger_goes_into_older CHECK (croid > into_croid),
  CONSTRAINT merge_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT decision_has_someone_and_a_time CHECK (
    (is_accepted IS NULL) = (decided_by IS NULL) AND (is_accepted IS NULL) = (decided_at IS NULL)
  ),
  CONSTRAINT accepted_merge_has_an_index CHECK (coalesce(is_accepted, false) = (index IS NOT NULL))
);
COMMENT ON TABLE vulcanus.merge_proposal IS 'Two releases, or two organisations, that look like one and the same, for a person to merge or to keep apart; nothing is merged by itself.';
COMMENT ON COLUMN vulcanus.merge_proposal.is_accepted IS 'Whether a person merged them; null while nobody decided.';
COMMENT ON COLUMN vulcanus.merge_proposal.index IS 'The index of the changelog under which they were merged.';
COMMENT ON COLUMN vulcanus.merge_proposal.evidence IS 'What the two share, in words of the rule.';
