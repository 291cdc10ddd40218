CREATE OR REPLACE VIEW nexus.activity AS
SELECT
  h.edit_id, h.croid, h.kind, h.action, h.index, h.accepted_at, h.editor, h.revision_id,
  h.previous_revision_id, h.redirect_to, h.description,
  (
    SELECT count(*) FROM catalog.accepted_edit AS b WHERE b.croid = h.croid AND b.index <= h.index
  ) AS version,
  (
    SELECT a.deposit_id FROM nauvis.applied_deposit AS a
    WHERE a.croid = h.croid AND a.index = h.index
    ORDER BY a.deposit_id DESC, a.n DESC LIMIT 1
  ) AS deposit_id,
  (
    SELECT min(i.value) FROM croid.identifier AS i WHERE i.scheme = 'doi' AND i.croid = h.croid
  ) AS doi,
  EXISTS(
    SELECT FROM catalog.redaction AS x WHERE x.croid = h.croid AND x.revision_id = h.revision_id
  ) AS is_redacted,
  EXISTS(
    SELECT FROM catalog.redaction AS x
    WHERE x.croid = h.croid AND x.revision_id = h.previous_revision_id
  ) AS is_previous_redacted
FROM catalog.accepted_edit AS h;
COMMENT ON VIEW nexus.activity IS 'Every accepted edit as something that was done: to which object, by whom, when, from which deposit, and the how-manieth change of it that was.';
