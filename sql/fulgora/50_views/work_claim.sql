CREATE OR REPLACE VIEW fulgora.work_claim AS
SELECT
  s.value AS doi, s.key AS orcid, s.source, s.release_no, s.facts ->> 'title' AS title,
  s.facts ->> 'claimed_by' AS claimed_by
FROM fulgora.current_statement AS s
WHERE s.role = 'claimed';
COMMENT ON VIEW fulgora.work_claim IS 'Which DOIs people claim in their public ORCID records, and who put the claim there.';
