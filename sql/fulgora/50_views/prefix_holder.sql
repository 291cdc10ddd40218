CREATE OR REPLACE VIEW fulgora.prefix_holder AS
SELECT
  s.value AS prefix, (s.facts ->> 'member')::integer AS member_id, s.facts ->> 'name' AS name,
  s.source, s.key, s.release_no
FROM fulgora.current_statement AS s
WHERE s.role = 'held';
COMMENT ON VIEW fulgora.prefix_holder IS 'Which member of Crossref holds a prefix, by its public registry; who deposits here is in nauvis.member.';
