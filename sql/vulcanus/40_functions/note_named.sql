CREATE OR REPLACE FUNCTION vulcanus.note_named(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _people CONSTANT uuid[] := ARRAY(
    SELECT i.croid FROM catalog.ident AS i WHERE i.croid = ANY (_croids) AND i.kind = 'creator'
  );
  _containers CONSTANT uuid[] := ARRAY(
    SELECT i.croid FROM catalog.ident AS i WHERE i.croid = ANY (_croids) AND i.kind = 'container'
  );
  _orcids text[];
  _concerned uuid[] := '{}';
BEGIN
  IF _people <> '{}' THEN
    _orcids := ARRAY(SELECT p.orcid FROM catalog.creator AS p WHERE p.croid = ANY (_people));
    _concerned := ARRAY(
      SELECT c.croid FROM catalog.contributor AS c
      WHERE c.orcid = ANY (_orcids) AND c.creator_croid IS NULL
      UNION
      SELECT c.croid
      FROM catalog.contributor AS c LEFT JOIN catalog.creator AS p ON p.croid = c.creator_croid
      WHERE c.creator_croid = ANY (_people) AND p.croid IS NULL
      UNION
      -- What they claim, and what they claimed before.
      SELECT r.croid
      FROM fulgora.statement AS s JOIN catalog.release AS r ON r.doi = s.value
      WHERE s.source = 'orcid' AND s.key = ANY (_orcids) AND s.scheme = 'doi' AND s.role = 'claimed'
    );
  END IF;
  IF _containers <> '{}' THEN
    _concerned := _concerned || ARRAY(
      SELECT r.croid
      FROM catalog.container_issn AS n JOIN catalog.release AS r ON r.issn @> ARRAY[n.issn]
      WHERE n.croid = ANY (_containers) AND r.container_croid IS DISTINCT FROM n.croid
      UNION
      -- By title alone where there is no ISSN; another of that title may leave open which is meant.
      SELECT r.croid
      FROM catalog.container AS c
      JOIN catalog.release AS r
        ON lower(r.container_title) = lower(c.name) AND r.issn = '{}'
        AND r.container_croid IS DISTINCT FROM c.croid
      WHERE c.croid = ANY (_containers)
      UNION
      SELECT r.croid
      FROM catalog.release AS r LEFT JOIN catalog.container AS c ON c.croid = r.container_croid
      WHERE r.container_croid = ANY (_containers) AND c.croid IS NULL
    );
  END IF;
  PERFORM platform.announce('named-wanted', _concerned) WHERE _concerned <> '{}';
  RETURN cardinality(_concerned);
END
$$;
COMMENT ON FUNCTION vulcanus.note_named(uuid[]) IS 'Have the releases derived again that name the creators and containers among these objects, or that they claim in their ORCID records; returns how many that are.';
