CREATE OR REPLACE FUNCTION catalog.list_kept_parts(_croids uuid[])
RETURNS uuid[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT coalesce(array_agg(l.croid), '{}')
  FROM catalog.release AS l
  JOIN catalog.ident AS i ON i.croid = l.croid
  JOIN catalog.revision AS before
    ON before.croid = l.croid AND before.revision_id = l.projected_from
  JOIN catalog.revision AS after ON after.croid = i.croid AND after.revision_id = i.revision_id
  WHERE l.croid = ANY (_croids)
    -- Rows made anew of the same revision are a repair: nothing that stands there is trusted.
    AND before.revision_id <> after.revision_id
    AND before.parts = after.parts
    -- What was made when these were no parts says nothing of them by its parts.
    AND NOT before.body ?| '{funder,license}' AND NOT after.body ?| '{funder,license}'
    AND (before.body -> 'nexus') IS NOT DISTINCT FROM (after.body -> 'nexus');
$$;
COMMENT ON FUNCTION catalog.list_kept_parts(uuid[]) IS 'The releases whose new revision has the parts of the one their rows were made from: who contributed, what they cite, funding and licences need not be written again.';
