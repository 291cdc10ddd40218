-- name: editgroup_propose :many
-- Propose content for objects of one kind; objects whose content is the same get no edit.
-- not null: croid, action, revision_id, editgroup_id
SELECT p.croid, p.action, p.revision_id, p.previous_revision_id, p.editgroup_id
FROM catalog.propose(
  @editor_id::uuid, @description::text, @extra::jsonb,
  @croids::uuid[], @kind::catalog.kind, @bodies::text[], @edit_extras::text[]
) AS p (croid, action, revision_id, previous_revision_id, editgroup_id);

-- name: editgroup_accept :one
-- Make an editgroup current; returns its index in the changelog.
SELECT catalog.accept(@editgroup_id::uuid, @editor_id::uuid)::bigint AS index;

-- name: editgroup_revise :many
-- Give objects of one kind this content at once; objects whose content is the same get no edit.
-- not null: croid, action, revision_id
SELECT r.croid, r.action, r.revision_id, r.index
FROM catalog.revise(
  @editor_id::uuid, @description::text, @extra::jsonb, @kind::catalog.kind,
  @croids::uuid[], @bodies::text[], @edit_extras::text[],
  @part_croids::uuid[], @part_members::text[], @part_bodies::text[]
) AS r (croid, action, revision_id, index);

-- name: editgroup_part_member_list :many
-- The members that objects of a kind store as parts.
SELECT m.member FROM catalog.part_member AS m WHERE m.kind = @kind ORDER BY m.member;
