CREATE OR REPLACE FUNCTION vulcanus.note_updates(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _dois text[];
  _concerned uuid[];
BEGIN
  WITH dropped AS (
    DELETE FROM vulcanus.update_claim AS c
    WHERE c.croid = ANY (_croids) AND c.source = 'record'
    RETURNING c.original_doi
  ),
  told AS MATERIALIZED (
    SELECT DISTINCT ON (r.croid, d.value, t.update_type)
      r.croid, r.doi AS notice_doi, d.value AS original_doi, t.update_type,
      catalog.read_date(e.element -> 'updated') AS updated_on
    FROM catalog.release AS r
    JOIN catalog.ident AS i ON i.croid = r.croid
    JOIN catalog.revision AS v ON v.croid = i.croid AND v.revision_id = i.revision_id
    CROSS JOIN LATERAL (
      SELECT catalog.read_details(v.croid, v.body, v.parts) -> 'update-to' AS updated OFFSET 0
    ) AS b
    CROSS JOIN LATERAL catalog.list_elements(b.updated) AS e
    CROSS JOIN LATERAL nexus.read_identifier('doi', e.element ->> 'DOI') AS d
    CROSS JOIN LATERAL (SELECT nexus.read_update(e.element ->> 'type') AS update_type) AS t
    WHERE r.croid = ANY (_croids) AND b.updated IS NOT NULL AND d.value LIKE '10.%/%'
      AND t.update_type IS NOT NULL AND d.value IS DISTINCT FROM r.doi
      -- What a strategy added is the word of its source, which is heard by itself.
      AND e.element ->> 'asserted-by' IS DISTINCT FROM 'nexus'
    ORDER BY r.croid, d.value, t.update_type, updated_on
  ),
  added AS (
    INSERT INTO vulcanus.update_claim (
      croid, source, key, original_doi, notice_doi, update_type, updated_on
    )
    SELECT t.croid, 'record', '', t.original_doi, t.notice_doi, t.update_type, t.updated_on
    FROM told AS t
    ON CONFLICT (croid, source, key, original_doi, update_type) DO UPDATE SET
      notice_doi = excluded.notice_doi, updated_on = excluded.updated_on
    RETURNING original_doi
  )
  SELECT array_agg(u.original_doi) INTO _dois
  FROM (SELECT d.original_doi FROM dropped AS d UNION SELECT a.original_doi FROM added AS a) AS u;
  _concerned := ARRAY(
    SELECT r.croid FROM catalog.release AS r WHERE r.doi = ANY (_dois)
    UNION
    SELECT r.croid FROM catalog.release AS r
    WHERE r.croid = ANY (_croids) AND (
      EXISTS (SELECT FROM vulcanus.update_claim AS c WHERE c.original_doi = r.doi)
      OR EXISTS (
        SELECT FROM vulcanus.update_claim AS c WHERE c.notice_doi = r.doi AND c.source <> 'record'
      )
    )
    ORDER BY 1
  );
  PERFORM platform.announce('updates-wanted', _concerned) WHERE _concerned <> '{}';
  RETURN cardinality(_concerned);
END
$$;
COMMENT ON FUNCTION vulcanus.note_updates(uuid[]) IS 'Note what the records of these objects say of updates, and have looked at what they are about; returns how many that are.';
