CREATE OR REPLACE FUNCTION aquilo.read_freshness()
RETURNS TABLE (index bigint, indexed_until bigint, waiting bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN QUERY
  SELECT c.index, least(c.index, min((q.message ->> 'index')::bigint) - 1), count(q.msg_id)
  FROM catalog.clock AS c
  LEFT JOIN pgmq.q_aquilo_accepted AS q ON true
  GROUP BY c.index;
END
$$;
COMMENT ON FUNCTION aquilo.read_freshness() IS 'The newest index, the index up to which all is in the search documents, and how many messages about the rest wait.';
