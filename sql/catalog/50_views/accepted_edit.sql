-- The outer joins are left out of a plan that asks for none of their columns.
CREATE OR REPLACE VIEW catalog.accepted_edit AS
SELECT
  e.croid, l.index, l.accepted_at, e.edit_id, e.kind, e.action, e.revision_id, e.redirect_to,
  e.previous_revision_id, e.previous_redirect_to, e.editgroup_id, g.description,
  w.username AS editor
FROM catalog.edit AS e
JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
LEFT JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
LEFT JOIN catalog.editor AS w ON w.editor_id = g.editor_id;
COMMENT ON VIEW catalog.accepted_edit IS 'The history of every object: its accepted edits, each with the index it has in the changelog and who made it. What an object was at an index is its newest row up to there.';
