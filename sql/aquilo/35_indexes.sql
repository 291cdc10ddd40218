CREATE INDEX document_search_idx ON aquilo.document USING gin (search);
COMMENT ON INDEX aquilo.document_search_idx IS 'Releases that contain the words of a query.';

CREATE INDEX document_fields_idx ON aquilo.document USING gin (fields);
COMMENT ON INDEX aquilo.document_fields_idx IS 'Releases that contain words in a field.';

CREATE INDEX document_terms_idx ON aquilo.document USING gin (terms);
COMMENT ON INDEX aquilo.document_terms_idx IS 'Releases that filters by value select.';

CREATE INDEX document_title_idx ON aquilo.document USING gin (title public.gin_trgm_ops);
COMMENT ON INDEX aquilo.document_title_idx IS 'Releases whose title is like a mistyped one.';

CREATE INDEX document_created_at_croid_idx ON aquilo.document (created_at, croid);
COMMENT ON INDEX aquilo.document_created_at_croid_idx IS 'Releases in the order in which they came.';

CREATE INDEX document_deposited_at_croid_idx ON aquilo.document (deposited_at, croid);
COMMENT ON INDEX aquilo.document_deposited_at_croid_idx IS 'Releases in the order of their last deposits.';

CREATE INDEX document_indexed_at_croid_idx ON aquilo.document (indexed_at, croid);
COMMENT ON INDEX aquilo.document_indexed_at_croid_idx IS 'Releases in the order of their last changes.';

CREATE INDEX document_changed_index_idx ON aquilo.document (changed_index);
COMMENT ON INDEX aquilo.document_changed_index_idx IS 'Releases that changed since an index.';

CREATE INDEX document_reference_count_croid_idx ON aquilo.document (reference_count, croid);
COMMENT ON INDEX aquilo.document_reference_count_croid_idx IS 'Releases by how many works they cite.';

CREATE INDEX document_issued_on_croid_idx ON aquilo.document (issued_on, croid);
COMMENT ON INDEX aquilo.document_issued_on_croid_idx IS 'Releases by their date of issue.';

CREATE INDEX document_published_on_croid_idx ON aquilo.document (published_on, croid);
COMMENT ON INDEX aquilo.document_published_on_croid_idx IS 'Releases by when they were published.';

CREATE INDEX document_online_on_croid_idx ON aquilo.document (online_on, croid);
COMMENT ON INDEX aquilo.document_online_on_croid_idx IS 'Releases by when they were published online.';

CREATE INDEX document_print_on_croid_idx ON aquilo.document (print_on, croid);
COMMENT ON INDEX aquilo.document_print_on_croid_idx IS 'Releases by when they were printed.';

CREATE INDEX document_posted_on_idx ON aquilo.document (posted_on) WHERE posted_on > '-infinity';
COMMENT ON INDEX aquilo.document_posted_on_idx IS 'Releases by when they were posted.';

CREATE INDEX document_accepted_on_idx ON aquilo.document (accepted_on)
WHERE accepted_on > '-infinity';
COMMENT ON INDEX aquilo.document_accepted_on_idx IS 'Releases by when they were accepted for publication.';

CREATE INDEX document_approved_on_idx ON aquilo.document (approved_on)
WHERE approved_on > '-infinity';
COMMENT ON INDEX aquilo.document_approved_on_idx IS 'Releases by when they were approved.';

CREATE INDEX document_awarded_on_idx ON aquilo.document (awarded_on) WHERE awarded_on > '-infinity';
COMMENT ON INDEX aquilo.document_awarded_on_idx IS 'Grants by when they were awarded.';

CREATE INDEX document_event_start_on_idx ON aquilo.document (event_start_on)
WHERE event_start_on > '-infinity';
COMMENT ON INDEX aquilo.document_event_start_on_idx IS 'Releases by when their event began.';

CREATE INDEX document_event_end_on_idx ON aquilo.document (event_end_on)
WHERE event_end_on > '-infinity';
COMMENT ON INDEX aquilo.document_event_end_on_idx IS 'Releases by when their event ended.';

CREATE INDEX document_awards_idx ON aquilo.document (croid) WHERE award_amounts IS NOT NULL;
COMMENT ON INDEX aquilo.document_awards_idx IS 'Grants whose amount is known.';

CREATE INDEX cited_cited_by_count_croid_idx ON aquilo.cited (cited_by_count, croid);
COMMENT ON INDEX aquilo.cited_cited_by_count_croid_idx IS 'Releases by how often they are cited.';

CREATE INDEX notice_doi_idx ON aquilo.notice (doi);
COMMENT ON INDEX aquilo.notice_doi_idx IS 'What updates a DOI.';

CREATE INDEX listed_search_idx ON aquilo.listed USING gin (search);
COMMENT ON INDEX aquilo.listed_search_idx IS 'Members, prefixes, funders and journals by words of their names.';

CREATE INDEX listed_issn_idx ON aquilo.listed USING gin (string_to_array(id, ','))
WHERE collection = 'journals';
COMMENT ON INDEX aquilo.listed_issn_idx IS 'A journal by any of its ISSNs.';
