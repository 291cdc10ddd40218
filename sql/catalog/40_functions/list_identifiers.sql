CREATE OR REPLACE FUNCTION catalog.list_identifiers(_kind catalog.kind, _body jsonb)
RETURNS TABLE (scheme text, value text, is_claim boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
AS $$
  SELECT 'doi', lower(_body ->> 'DOI'), false WHERE _kind = 'release' AND _body ? 'DOI'
  UNION ALL
  SELECT 'isbn', i.value, false
  FROM jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(_body -> 'ISBN') = 'array' THEN _body -> 'ISBN' ELSE '[]' END
  ) AS i (value)
  WHERE _kind = 'release' AND croid.normalise('isbn', i.value) = i.value
  UNION ALL
  SELECT 'ror', substr(_body ->> 'id', 17), false WHERE _kind = 'organisation' AND _body ->> 'id' LIKE 'https://ror.org/%'
  UNION ALL
  SELECT 'funder', substr(_body ->> 'id', 17), false
  WHERE _kind = 'organisation' AND _body ->> 'id' LIKE 'https://doi.org/10.13039/%'
  UNION ALL
  -- Registries sometimes give one funder id to two organisations: the first to come keeps it.
  SELECT 'funder', '10.13039/' || f.value, true
  FROM jsonb_array_elements(CASE WHEN _kind = 'organisation' THEN _body -> 'external_ids' ELSE '[]' END) AS x (entry)
  CROSS JOIN jsonb_array_elements_text(x.entry -> 'all') AS f (value)
  WHERE x.entry ->> 'type' = 'fundref' AND _body ->> 'status' = 'active'
  UNION ALL
  SELECT n.scheme, n.value, false
  FROM (
    SELECT CASE e.key WHEN 'wikidata_qid' THEN 'wikidata' ELSE e.key END AS scheme, e.value
    FROM jsonb_each_text(
      CASE jsonb_typeof(_body #> '{nexus,ext_ids}') WHEN 'object' THEN _body #> '{nexus,ext_ids}' ELSE '{}' END
    ) AS e
    WHERE _kind = 'release' AND _body ? 'nexus'
    UNION ALL
    SELECT DISTINCT m.scheme, _body ->> m.member
    FROM (
      VALUES ('creator', 'orcid', 'orcid'), ('creator', 'wikidata_qid', 'wikidata'),
      ('container', 'wikidata_qid', 'wikidata'), ('container', 'issnl', 'issn'),
      ('container', 'issne', 'issn'), ('container', 'issnp', 'issn')
    ) AS m (kind, member, scheme)
    WHERE m.kind = _kind::text AND _kind IN ('creator', 'container')
  ) AS n
  WHERE croid.normalise(n.scheme, n.value) = n.value;
$$;
COMMENT ON FUNCTION catalog.list_identifiers(catalog.kind, jsonb) IS 'The identifiers a body gives its object; a claim yields to whoever holds the identifier already.';
