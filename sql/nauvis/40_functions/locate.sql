CREATE OR REPLACE FUNCTION nauvis.locate(_croid uuid)
RETURNS TABLE (
  named_croid uuid, croid uuid, kind text, state text, doi text, title text, resource jsonb, changed_at timestamptz
)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    n.croid, i.croid, i.kind::text,
    CASE i.state WHEN 'active' THEN 'findable' ELSE i.state::text END, d.doi,
    coalesce(r.body #>> '{title,0}', r.body ->> 'name', r.body ->> 'display_name'),
    r.body -> 'resource', r.created_at
  FROM catalog.ident AS n
  JOIN catalog.ident AS i ON i.croid = coalesce(n.redirect_to, n.croid)
  LEFT JOIN catalog.release AS d ON d.croid = i.croid
  LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  WHERE n.croid = _croid AND n.is_live;
$$;
COMMENT ON FUNCTION nauvis.locate(uuid) IS 'What a resolver needs to know of an object that is or was live: the survivor if it was merged, findable or deleted, its DOI and title, and where it lies.';
