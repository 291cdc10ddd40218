CREATE OR REPLACE VIEW fulgora.title_abbreviation AS
SELECT s.value AS abbreviation, s.facts ->> 'title' AS title, s.source, s.key, s.release_no
FROM fulgora.current_statement AS s
WHERE s.role = 'abbreviated';
COMMENT ON VIEW fulgora.title_abbreviation IS 'Which titles an abbreviation stands for; letters and digits alone, lower-case.';
