CREATE INDEX ident_redirect_to_idx ON catalog.ident (redirect_to) WHERE redirect_to IS NOT NULL;
COMMENT ON INDEX catalog.ident_redirect_to_idx IS 'Which objects were merged into this one.';

CREATE UNIQUE INDEX editor_username_idx ON catalog.editor (lower(username));
COMMENT ON INDEX catalog.editor_username_idx IS 'Usernames are unique whatever their case.';

CREATE INDEX token_editor_id_token_id_idx ON catalog.token (editor_id, token_id);
COMMENT ON INDEX catalog.token_editor_id_token_id_idx IS 'The tokens of an editor, in the order in which they were issued.';

CREATE UNIQUE INDEX editgroup_editor_id_idempotency_key_idx
ON catalog.editgroup (editor_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
COMMENT ON INDEX catalog.editgroup_editor_id_idempotency_key_idx IS 'A batch sent again under its key is found, not made again.';

CREATE UNIQUE INDEX edit_editgroup_id_croid_idx ON catalog.edit (editgroup_id, croid);
COMMENT ON INDEX catalog.edit_editgroup_id_croid_idx IS 'The edits of an editgroup, one per object.';

CREATE UNIQUE INDEX release_doi_idx ON catalog.release (doi);
COMMENT ON INDEX catalog.release_doi_idx IS 'A live release by its DOI, and DOIs of one prefix in order.';

CREATE INDEX affiliation_organisation_croid_idx ON catalog.affiliation (organisation_croid)
WHERE organisation_croid IS NOT NULL;
COMMENT ON INDEX catalog.affiliation_organisation_croid_idx IS 'The releases of one organisation.';

CREATE INDEX reference_doi_idx ON catalog.reference (doi);
COMMENT ON INDEX catalog.reference_doi_idx IS 'Who cites this DOI.';

CREATE UNIQUE INDEX organisation_ror_idx ON catalog.organisation (ror);
COMMENT ON INDEX catalog.organisation_ror_idx IS 'A live organisation by its ROR id.';

CREATE INDEX edit_croid_idx ON catalog.edit (croid) WHERE (extra -> 'layers') IS NULL;
COMMENT ON INDEX catalog.edit_croid_idx IS 'The edits of an object that were not made of layers, but by somebody.';

CREATE INDEX annotation_editor_id_annotation_id_idx
ON catalog.annotation (editor_id, annotation_id);
COMMENT ON INDEX catalog.annotation_editor_id_annotation_id_idx IS 'What an editor said about editgroups, in order.';

CREATE INDEX editgroup_editor_id_editgroup_id_idx
ON catalog.editgroup (editor_id, editgroup_id);
COMMENT ON INDEX catalog.editgroup_editor_id_editgroup_id_idx IS 'The editgroups of an editor, in order.';

CREATE INDEX editgroup_submitted_at_idx ON catalog.editgroup (submitted_at)
WHERE submitted_at IS NOT NULL;
COMMENT ON INDEX catalog.editgroup_submitted_at_idx IS 'The editgroups that were submitted, in order; what still waits for review is among the last.';
