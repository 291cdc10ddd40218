-- Only refused records and tests pay for these.
-- Writers wait while they are made: a step is one transaction, all of it or nothing.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX deposit_record_refused_doi_idx ON nauvis.deposit_record (doi, deposit_id)
WHERE is_refused;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX deposit_test_idx ON nauvis.deposit (editor_id, deposit_id) WHERE is_test;
