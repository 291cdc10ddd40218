CREATE OR REPLACE VIEW fulgora.employment AS
SELECT
  s.scheme, s.value, s.key AS orcid, s.source, s.release_no, s.facts ->> 'name' AS name,
  s.facts ->> 'department' AS department, s.facts ->> 'role' AS job,
  s.facts ->> 'from' AS employed_from, s.facts ->> 'until' AS employed_until
FROM fulgora.current_statement AS s
WHERE s.role = 'employer';
COMMENT ON VIEW fulgora.employment IS 'Where people say in their public ORCID records that they work, by the identifier of the employer.';
