CREATE UNIQUE INDEX layer_croid_strategy_idx ON vulcanus.layer (croid, strategy)
WHERE retired_at IS NULL AND strategy IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_croid_strategy_idx IS 'The layer of a strategy that is in force on an object; there is one at most.';

CREATE INDEX layer_strategy_inputs_index_idx ON vulcanus.layer (strategy, inputs_index, croid)
WHERE retired_at IS NULL;
COMMENT ON INDEX vulcanus.layer_strategy_inputs_index_idx IS 'The stale layers of a strategy, oldest inputs first.';

CREATE UNIQUE INDEX layer_croid_edit_id_idx ON vulcanus.layer (croid, edit_id)
WHERE edit_id IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_croid_edit_id_idx IS 'The layers made of the edits of people; each edit makes one.';

-- Without a list of pending entries, which every look-up would read from end to end.
CREATE INDEX citable_keys_idx ON vulcanus.citable USING gin (keys) WITH (fastupdate = off);
COMMENT ON INDEX vulcanus.citable_keys_idx IS 'Works that share keys with a reference.';

CREATE INDEX awaited_citation_keys_idx ON vulcanus.awaited_citation
USING gin (keys) WITH (fastupdate = off);
COMMENT ON INDEX vulcanus.awaited_citation_keys_idx IS 'Releases that have waited for a work with these keys.';

CREATE INDEX update_claim_original_doi_idx ON vulcanus.update_claim (original_doi);
COMMENT ON INDEX vulcanus.update_claim_original_doi_idx IS 'What is said of a work.';

CREATE INDEX update_claim_notice_doi_idx ON vulcanus.update_claim (notice_doi)
WHERE notice_doi IS NOT NULL AND source <> 'record';
COMMENT ON INDEX vulcanus.update_claim_notice_doi_idx IS 'What sources say that a notice does.';

CREATE INDEX citable_title_key_idx ON vulcanus.citable (title_key) WHERE title_key IS NOT NULL;
COMMENT ON INDEX vulcanus.citable_title_key_idx IS 'Works of the same title.';

CREATE INDEX version_claim_doi_idx ON vulcanus.version_claim (doi);
COMMENT ON INDEX vulcanus.version_claim_doi_idx IS 'Who names a work as a version of itself.';

CREATE INDEX merge_proposal_into_croid_idx ON vulcanus.merge_proposal (into_croid);
COMMENT ON INDEX vulcanus.merge_proposal_into_croid_idx IS 'What is proposed to be merged into a release.';

CREATE INDEX matched_text_text_hash_idx ON vulcanus.matched_text (text_hash);
COMMENT ON INDEX vulcanus.matched_text_text_hash_idx IS 'Whether a text is kept already.';

CREATE INDEX matched_text_terms_idx ON vulcanus.matched_text USING gin (terms);
COMMENT ON INDEX vulcanus.matched_text_terms_idx IS 'Texts that have all words of a name.';

CREATE INDEX layer_terms_idx ON vulcanus.layer USING gin (terms)
WHERE retired_at IS NULL AND terms IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_terms_idx IS 'Layers that were made of a text, or of an identifier somebody asserted.';
