CREATE OR REPLACE FUNCTION nauvis.locate(_croid uuid)
RETURNS TABLE (
  named_croid uuid, croid uuid, kind text, state text, doi text, title text, resource jsonb,
  changed_at timestamptz
)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    _croid, coalesce(i.croid, l.croid), coalesce(i.kind::text, 'release'), s.state,
    coalesce(d.doi, h.doi),
    coalesce(r.body #>> '{title,0}', r.body ->> 'name', r.body ->> 'display_name'),
    CASE s.state
      WHEN 'findable' THEN catalog.read_details(r.croid, r.body, r.parts) -> 'resource'
      WHEN 'registered'
        THEN
          jsonb_build_object('primary', jsonb_build_object('URL', h.url), 'secondary', h.locations)
    END,
    coalesce(r.created_at, h.updated_at)
  FROM (
    SELECT coalesce(a.alias_of, _croid) AS croid
    FROM (SELECT) AS one LEFT JOIN nauvis.handle AS a ON a.croid = _croid
  ) AS l
  LEFT JOIN nauvis.handle AS h ON h.croid = l.croid
  LEFT JOIN catalog.ident AS n ON n.croid = l.croid AND n.is_live
  LEFT JOIN catalog.ident AS i ON i.croid = coalesce(n.redirect_to, n.croid)
  LEFT JOIN catalog.release AS d ON d.croid = i.croid
  LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN i.state = 'active' THEN 'findable'
      WHEN h.state = 'registered' AND h.deleted_at IS NULL THEN 'registered'
      WHEN i.state = 'deleted' OR h.state = 'registered' THEN 'deleted'
    END AS state
  ) AS s
  WHERE s.state IS NOT NULL;
$$;
COMMENT ON FUNCTION nauvis.locate(uuid) IS 'What a resolver needs to know of an object: what it is an alias of or was merged into, whether that is findable, registered or deleted, its DOI and title, and where it lies; no row for a draft.';
