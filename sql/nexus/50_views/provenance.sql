DROP VIEW IF EXISTS nexus.provenance;
CREATE VIEW nexus.provenance AS
SELECT i.croid, i.kind, p.*
FROM catalog.ident AS i
CROSS JOIN LATERAL nexus.list_provenance(i.croid) AS p
WHERE i.is_live;
COMMENT ON VIEW nexus.provenance IS 'Where every value of every record comes from, now and before: give a croid, for all objects it takes long.';
