CREATE OR REPLACE FUNCTION aquilo.index_notices(_croids uuid[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM aquilo.notice AS n WHERE n.croid = ANY (_croids);
  INSERT INTO aquilo.notice (croid, position, doi, update_type, label, updated_on, source)
  SELECT
    r.croid, e.place, aquilo.fold_value('doi', e.element ->> 'DOI'), e.element ->> 'type',
    e.element ->> 'label', nullif(aquilo.read_first_day(e.element -> 'updated'), '-infinity'),
    coalesce(nullif(e.element ->> 'source', ''), 'publisher')
  FROM aquilo.document AS r
  CROSS JOIN LATERAL aquilo.read_index_body(r.croid) AS b (body)
  CROSS JOIN LATERAL catalog.list_elements(b.body -> 'update-to') AS e
  WHERE r.croid = ANY (_croids) AND r.terms @> '{is-update}'
    AND octet_length(aquilo.fold_value('doi', e.element ->> 'DOI')) <= 2000
  ORDER BY r.croid, e.place;
END
$$;
COMMENT ON FUNCTION aquilo.index_notices(uuid[]) IS 'Write anew which DOIs these objects update.';
