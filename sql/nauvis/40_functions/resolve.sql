CREATE OR REPLACE FUNCTION nauvis.resolve(_doi text)
RETURNS TABLE (
  named_croid uuid, croid uuid, kind text, state text, doi text, title text, resource jsonb,
  changed_at timestamptz
)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT l.named_croid, l.croid, l.kind, l.state, l.doi, l.title, l.resource, l.changed_at
  FROM croid.identifier AS d
  CROSS JOIN LATERAL nauvis.locate(d.croid) AS l
  WHERE d.scheme = 'doi' AND d.value = _doi;
$$;
COMMENT ON FUNCTION nauvis.resolve(text) IS 'What a resolver needs to know of a DOI in normal form, as nauvis.locate tells it of an object; no row where nothing is registered under it.';
