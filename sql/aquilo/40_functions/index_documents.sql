CREATE OR REPLACE FUNCTION aquilo.index_documents(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- Not force_custom_plan: the functions called for each document would be planned for each as well.
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM aquilo.document AS d
  WHERE d.croid = ANY (_croids)
    AND NOT EXISTS (
      SELECT FROM catalog.release AS r WHERE r.croid = d.croid AND r.doi IS NOT NULL
    );
  WITH live AS MATERIALIZED (
    SELECT r.croid, aquilo.fold_text(r.title) AS title, r.language, r.reference_count,
      aquilo.read_index_body(r.croid) AS body
    FROM catalog.release AS r WHERE r.croid = ANY (_croids) AND r.doi IS NOT NULL
  ),
  dated AS MATERIALIZED (
    SELECT v.croid, aquilo.read_published(v.body) AS published_on FROM live AS v
  ),
  told AS MATERIALIZED (
    SELECT v.croid, v.title, v.language, v.reference_count, p.published_on,
      aquilo.prepare_body(v.body || CASE
        WHEN p.published_on = '-infinity' THEN '{}'
        ELSE jsonb_build_object('x-year', extract(YEAR FROM p.published_on))
      END) AS body
    FROM live AS v JOIN dated AS p ON p.croid = v.croid
  )
  INSERT INTO aquilo.document AS d (
    croid, search, fields, terms, title, title_key, created_at, deposited_at, indexed_at,
    changed_index, reference_count, issued_on, published_on, online_on, print_on, posted_on,
    accepted_on, approved_on, awarded_on, event_start_on, event_end_on, award_amounts
  )
  SELECT
    t.croid, aquilo.write_search(t.body, t.language), aquilo.list_words(t.body),
    aquilo.list_terms(t.body), left(t.title, 1000), aquilo.hash_title(t.title),
    h.created_at, coalesce(l.received_at, h.created_at), h.indexed_at, h.index, t.reference_count,
    aquilo.read_first_day(t.body -> 'issued'), t.published_on,
    aquilo.read_first_day(t.body -> 'published-online'),
    aquilo.read_first_day(t.body -> 'published-print'),
    aquilo.read_first_day(t.body -> 'posted'), aquilo.read_first_day(t.body -> 'accepted'),
    aquilo.read_first_day(t.body -> 'approved'),
    aquilo.read_first_day(coalesce(t.body -> 'awarded', t.body -> 'award-start')),
    aquilo.read_first_day(t.body #> '{event,start}'), aquilo.read_first_day(t.body #> '{event,end}'),
    CASE WHEN t.body ? 'project' THEN aquilo.list_amounts(t.body) END
  FROM told AS t
  CROSS JOIN LATERAL (
    SELECT max(g.index) AS index, min(g.accepted_at) AS created_at, max(g.accepted_at) AS indexed_at
    FROM catalog.edit AS e JOIN catalog.changelog AS g ON g.editgroup_id = e.editgroup_id
    WHERE e.croid = t.croid
  ) AS h
  LEFT JOIN LATERAL (
    SELECT n.received_at FROM nauvis.latest_deposit AS n
    WHERE n.croid = t.croid ORDER BY n.received_at DESC LIMIT 1
  ) AS l ON true
  WHERE h.index IS NOT NULL
  ORDER BY t.croid
  ON CONFLICT (croid) DO UPDATE SET
    search = excluded.search, fields = excluded.fields, terms = excluded.terms,
    title = excluded.title, title_key = excluded.title_key, created_at = excluded.created_at,
    deposited_at = excluded.deposited_at, indexed_at = excluded.indexed_at,
    changed_index = excluded.changed_index, reference_count = excluded.reference_count,
    issued_on = excluded.issued_on, published_on = excluded.published_on,
    online_on = excluded.online_on, print_on = excluded.print_on, posted_on = excluded.posted_on,
    accepted_on = excluded.accepted_on, approved_on = excluded.approved_on,
    awarded_on = excluded.awarded_on, event_start_on = excluded.event_start_on,
    event_end_on = excluded.event_end_on, award_amounts = excluded.award_amounts
  WHERE d IS DISTINCT FROM excluded;
  GET DIAGNOSTICS _count = ROW_COUNT;
  PERFORM aquilo.index_notices(_croids);
  PERFORM aquilo.index_listed(_croids);
  PERFORM aquilo.count_citations(_croids);
  RETURN _count;
END
$$;
COMMENT ON FUNCTION aquilo.index_documents(uuid[]) IS 'Bring the search documents of these objects, what they update and how often they and what they cite are cited, up to date with the catalogue; returns how many documents changed.';
