CREATE OR REPLACE VIEW catalog.tombstone AS
SELECT d.croid, d.revision_id, d.redacted_at, d.reason, w.username
FROM catalog.redaction AS d JOIN catalog.editor AS w ON w.editor_id = d.redacted_by;
COMMENT ON VIEW catalog.tombstone IS 'What everybody is told in the place of content that was taken away: by whom it was, when and why.';
