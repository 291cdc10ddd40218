CREATE OR REPLACE VIEW vulcanus.unseen AS
SELECT e.croid, s.strategy, c.index
FROM vulcanus.strategy AS s
JOIN catalog.changelog AS c ON c.index > s.unseen_after
JOIN catalog.edit AS e ON e.editgroup_id = c.editgroup_id AND e.kind = s.kind
JOIN catalog.ident AS i ON i.croid = e.croid AND i.state = 'active' AND i.revision_id = e.revision_id
WHERE s.is_enabled AND NOT EXISTS (
  SELECT FROM vulcanus.layer AS l
  WHERE l.croid = e.croid AND l.strategy = s.strategy AND l.retired_at IS NULL
);
COMMENT ON VIEW vulcanus.unseen IS 'Live objects that came to be as they are while a strategy was off, or before there was this version of it, and have no layer of it: it looks at them in the order of the changelog.';
