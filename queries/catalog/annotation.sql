-- name: annotation_list :many
-- What was said about an editgroup after an annotation, in order.
SELECT
  a.annotation_id, a.editor_id, w.username, a.markdown, a.extra::text AS extra, a.check_name,
  a.is_passed, a.created_at
FROM catalog.annotation AS a JOIN catalog.editor AS w ON w.editor_id = a.editor_id
WHERE a.editgroup_id = @editgroup_id AND a.annotation_id > @after_annotation_id
ORDER BY a.annotation_id
LIMIT @limit_count;
