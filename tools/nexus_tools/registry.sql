SELECT 'FILTERS', 'Filter', jsonb_agg(jsonb_build_array(
  f.filter, f.takes, f.term, f.form, f.sub_object, f.fragment, f.bound_by, f.example, f.description
) ORDER BY f.filter COLLATE "C") FROM aquilo.filter AS f
UNION ALL
SELECT 'FACETS', 'Facet', jsonb_agg(jsonb_build_array(f.facet, f.term, f.description) ORDER BY f.facet COLLATE "C")
FROM aquilo.facet AS f
UNION ALL
SELECT 'SORTS', 'Sort', jsonb_agg(
  jsonb_build_array(s.sort, s.expression, s.takes, s.description) ORDER BY s.sort COLLATE "C"
) FROM aquilo.sort AS s
UNION ALL
SELECT 'QUERY_FIELDS', 'QueryField', jsonb_agg(
  jsonb_build_array(q.query_field, q.codes, q.description) ORDER BY q.query_field COLLATE "C"
) FROM aquilo.query_field AS q
UNION ALL
SELECT 'SELECT_FIELDS', 'SelectField', jsonb_agg(
  jsonb_build_array(s.select_field, s.is_volatile) ORDER BY s.select_field COLLATE "C"
) FROM aquilo.select_field AS s;
