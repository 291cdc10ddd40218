CREATE OR REPLACE FUNCTION nexus.list_provenance(_croid uuid)
RETURNS TABLE (
  pointer text, value jsonb, layer text, source text, source_version text, strategy text,
  action text, original_value jsonb, confidence double precision, evidence jsonb,
  asserted_at timestamptz, deposit_id uuid, deposit_n integer,
  row_source text, release_no integer, row_key text,
  revision_id uuid, index bigint, accepted_at timestamptz,
  superseded_index bigint, superseded_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH edited AS MATERIALIZED (
    SELECT h.index, h.accepted_at, h.revision_id, e.extra, row_number() OVER (ORDER BY h.index) AS n
    FROM catalog.accepted_edit AS h
    JOIN catalog.edit AS e ON e.croid = h.croid AND e.edit_id = h.edit_id
    WHERE h.croid = _croid
  ),
  told AS (
    SELECT DISTINCT ON (v.pointer, d.n) d.n, v.pointer, v.value, v.layer, v.element,
      CASE WHEN v.element IS NULL THEN '' ELSE l.source END AS teller
    FROM edited AS d
    CROSS JOIN LATERAL nexus.list_values(_croid, d.revision_id, coalesce(d.extra, '{}')) AS v
    LEFT JOIN vulcanus.layer AS l
      ON l.croid = _croid AND l.layer_id = CASE WHEN v.element IS NOT NULL THEN v.layer::uuid END
    WHERE d.revision_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM catalog.redaction AS x WHERE x.croid = _croid AND x.revision_id = d.revision_id
    )
    ORDER BY v.pointer, d.n, v.element IS NULL
  ),
  marked AS (
    -- It is the same value while it stays, or while the same base stays and says it.
    SELECT t.*, (
      lag(t.n) OVER w IS DISTINCT FROM t.n - 1
      OR (lag(t.value) OVER w IS DISTINCT FROM t.value
        AND (t.element IS NOT NULL OR lag(t.layer) OVER w <> t.layer))
    )::integer AS begins
    FROM told AS t
    WINDOW w AS (PARTITION BY t.pointer, t.teller ORDER BY t.n)
  ),
  numbered AS (
    SELECT m.*, sum(m.begins) OVER (PARTITION BY m.pointer, m.teller ORDER BY m.n) AS stretch
    FROM marked AS m
  ),
  joined AS (
    SELECT s.pointer, min(s.n) AS n, max(s.n) AS last_n,
      (array_agg(s.value ORDER BY s.n DESC))[1] AS value,
      (array_agg(s.layer ORDER BY s.n))[1] AS layer,
      (array_agg(s.element ORDER BY s.n))[1] AS element
    FROM numbered AS s GROUP BY s.pointer, s.teller, s.stretch
  )
  SELECT
    j.pointer, j.value, j.layer, o.source, o.source_version, o.strategy,
    j.element ->> 'action', j.element -> 'originalValue', o.confidence, o.evidence,
    o.asserted_at, o.deposit_id, o.deposit_n, o.row_source, o.release_no, o.row_key,
    d.revision_id, d.index, d.accepted_at, u.index, u.accepted_at
  FROM joined AS j
  JOIN edited AS d ON d.n = j.n
  LEFT JOIN edited AS u ON u.n = j.last_n + 1
  CROSS JOIN LATERAL nexus.read_origin(_croid, j.layer, j.element, j.value) AS o;
$$;
COMMENT ON FUNCTION nexus.list_provenance(uuid) IS 'For every value that an object ever had: who said it, on what grounds, since which revision and entry of the changelog, and when another took its place.';
