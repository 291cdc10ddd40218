CREATE OR REPLACE FUNCTION aquilo.read_index_body(_croid uuid)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT r.body || coalesce(jsonb_object_agg(
    p.member,
    -- Nothing in these two is looked into.
    CASE WHEN p.member IN ('reference', 'abstract') THEN 'true' ELSE p.body END
  ) FILTER (WHERE p.member <> '*'), '{}')
  || coalesce((array_agg(p.body) FILTER (WHERE p.member = '*'))[1], '{}')
  FROM catalog.ident AS i
  JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  LEFT JOIN catalog.part AS p ON p.croid = r.croid AND p.sha256 = ANY (r.parts)
  WHERE i.croid = _croid
  GROUP BY r.croid, r.revision_id, r.body;
$$;
COMMENT ON FUNCTION aquilo.read_index_body(uuid) IS 'The live body of an object, but for its references and its abstract, which are only told to be there.';
