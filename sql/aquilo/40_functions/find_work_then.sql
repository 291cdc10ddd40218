CREATE OR REPLACE FUNCTION aquilo.find_work_then(_croid uuid, _index bigint)
RETURNS TABLE (doi text, type text, member text)
LANGUAGE sql STABLE ROWS 1
AS $$
  SELECT lower(r.body ->> 'DOI'), r.body ->> 'type', r.body ->> 'member'
  FROM (
    SELECT e.revision_id
    FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
    WHERE e.croid = _croid AND l.index <= _index
    ORDER BY l.index DESC LIMIT 1
  ) AS h
  JOIN catalog.revision AS r ON r.croid = _croid AND r.revision_id = h.revision_id
  WHERE r.body ? 'DOI';
$$;
COMMENT ON FUNCTION aquilo.find_work_then(uuid, bigint) IS 'By what a release with a DOI is chosen in a list as it was at an index; no row where it was not live then or its content was taken away.';
