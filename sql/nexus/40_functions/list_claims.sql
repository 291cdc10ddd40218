CREATE OR REPLACE FUNCTION nexus.list_claims(_croids uuid[])
RETURNS TABLE (
  croid uuid, relation_type text, scheme text, value text, target_croid uuid, source text,
  is_ours boolean
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH current AS MATERIALIZED (
    SELECT i.croid, d.body -> 'relation' AS relation, d.body -> 'update-to' AS updated
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    CROSS JOIN LATERAL catalog.read_details(r.croid, r.body, r.parts) AS d (body)
    WHERE i.croid = ANY (_croids) AND d.body ?| '{relation,update-to}'
  )
  SELECT f.croid, 'cites', CASE WHEN f.doi IS NULL THEN 'croid' ELSE 'doi' END,
         coalesce(f.doi, croid.encode(f.target_croid)), f.target_croid, 'reference', f.is_found
  FROM catalog.reference AS f WHERE f.croid = ANY (_croids)
  UNION ALL
  SELECT a.croid, 'has-author-institution', CASE WHEN a.ror IS NULL THEN 'croid' ELSE 'ror' END,
         coalesce(a.ror, croid.encode(a.organisation_croid)), a.organisation_croid, 'affiliation',
         coalesce(a.asserted_by = 'nexus', false)
  FROM catalog.affiliation AS a
  WHERE a.croid = ANY (_croids) AND (a.ror IS NOT NULL OR a.organisation_croid IS NOT NULL)
  UNION ALL
  SELECT u.croid, 'is-financed-by',
         CASE WHEN u.funder_doi LIKE '10.13039/%' THEN 'funder' WHEN u.funder_doi <> '' THEN 'doi' ELSE 'croid' END,
         coalesce(nullif(u.funder_doi, ''), croid.encode(u.organisation_croid)),
         u.organisation_croid, 'funder', u.is_found
  FROM catalog.funding AS u
  WHERE u.croid = ANY (_croids) AND octet_length(coalesce(u.funder_doi, '')) <= 2000
    AND (u.funder_doi <> '' OR u.organisation_croid IS NOT NULL)
  UNION ALL
  SELECT c.croid, t.relation_type, d.scheme, d.value, NULL, 'relation', false
  FROM current AS c
  CROSS JOIN LATERAL jsonb_each(
    CASE jsonb_typeof(c.relation) WHEN 'object' THEN c.relation ELSE '{}' END
  ) AS m (name, elements)
  JOIN nexus.relation_type AS t ON t.relation_type = nexus.read_type(m.name)
  CROSS JOIN LATERAL catalog.list_elements(m.elements) AS e
  CROSS JOIN LATERAL nexus.read_identifier(e.element ->> 'id-type', e.element ->> 'id') AS d
  UNION ALL
  SELECT c.croid, coalesce(t.relation_type, 'updates'), d.scheme, d.value, NULL, 'update-to',
         coalesce(e.element ->> 'asserted-by' = 'nexus', false)
  FROM current AS c
  CROSS JOIN LATERAL catalog.list_elements(c.updated) AS e
  CROSS JOIN LATERAL nexus.read_identifier('doi', e.element ->> 'DOI') AS d
  LEFT JOIN fulgora.update_word AS w ON w.word = fulgora.fold_word(e.element ->> 'type')
  LEFT JOIN fulgora.update_type AS t ON t.update_type = w.update_type;
$$;
COMMENT ON FUNCTION nexus.list_claims(uuid[]) IS 'What the current bodies of these objects say of others, each in the words of the body that says it.';
