CREATE OR REPLACE VIEW aquilo.listing AS
SELECT l.collection, l.id, l.name, l.detail, l.search, false AS is_here, 'works' AS origin
FROM aquilo.listed AS l
UNION ALL
SELECT
  'members', m.member_id::text, m.name, coalesce(p.prefix, ''),
  to_tsvector('pg_catalog.simple', aquilo.fold_text(m.name)), true, 'here'
FROM nauvis.member AS m
LEFT JOIN nauvis.prefix AS p ON p.member_id = m.member_id AND p.owned @> current_date
UNION ALL
SELECT
  'prefixes', p.prefix, m.name, m.member_id::text,
  to_tsvector('pg_catalog.simple', aquilo.fold_text(m.name)), true, 'here'
FROM nauvis.prefix AS p JOIN nauvis.member AS m ON m.member_id = p.member_id
WHERE p.owned @> current_date
UNION ALL
SELECT
  'funders', i.value, o.name, coalesce(o.country_name, ''),
  to_tsvector('pg_catalog.simple', aquilo.fold_text(o.name)), true, 'here'
FROM croid.identifier AS i JOIN catalog.organisation AS o ON o.croid = i.croid
WHERE i.scheme = 'funder'
UNION ALL
SELECT
  'members', h.member_id::text, h.name, h.prefix,
  to_tsvector('pg_catalog.simple', aquilo.fold_text(h.name)), false, h.source
FROM fulgora.prefix_holder AS h
WHERE h.member_id IS NOT NULL AND h.name IS NOT NULL
UNION ALL
SELECT
  'prefixes', h.prefix, h.name, coalesce(h.member_id::text, ''),
  to_tsvector('pg_catalog.simple', aquilo.fold_text(h.name)), false, h.source
FROM fulgora.prefix_holder AS h
WHERE h.name IS NOT NULL;
COMMENT ON VIEW aquilo.listing IS 'Who and what works name, together with who deposits here, the public registry of members and the organisations that are funders: members, prefixes, funders, journals, licences; origin says where each row is from: works, here, or the name of a source.';
