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

CREATE INDEX release_work_croid_idx ON catalog.release (work_croid) WHERE work_croid IS NOT NULL;
COMMENT ON INDEX catalog.release_work_croid_idx IS 'The releases of a work.';

CREATE INDEX release_container_croid_idx ON catalog.release (container_croid)
WHERE container_croid IS NOT NULL;
COMMENT ON INDEX catalog.release_container_croid_idx IS 'The releases in a container.';

CREATE INDEX contributor_creator_croid_idx ON catalog.contributor (creator_croid)
WHERE creator_croid IS NOT NULL;
COMMENT ON INDEX catalog.contributor_creator_croid_idx IS 'The releases of a creator.';

CREATE INDEX reference_target_croid_idx ON catalog.reference (target_croid)
WHERE target_croid IS NOT NULL;
COMMENT ON INDEX catalog.reference_target_croid_idx IS 'Who cites this release.';

CREATE UNIQUE INDEX creator_orcid_idx ON catalog.creator (orcid);
COMMENT ON INDEX catalog.creator_orcid_idx IS 'A live creator by the ORCID iD.';

CREATE INDEX container_issn_issn_idx ON catalog.container_issn (issn);
COMMENT ON INDEX catalog.container_issn_issn_idx IS 'Live containers by any of their ISSNs.';

CREATE INDEX file_md5_idx ON catalog.file (md5) WHERE md5 IS NOT NULL;
COMMENT ON INDEX catalog.file_md5_idx IS 'Live files by their MD5 hash.';

CREATE INDEX file_sha1_idx ON catalog.file (sha1) WHERE sha1 IS NOT NULL;
COMMENT ON INDEX catalog.file_sha1_idx IS 'Live files by their SHA-1 hash.';

CREATE INDEX file_sha256_idx ON catalog.file (sha256) WHERE sha256 IS NOT NULL;
COMMENT ON INDEX catalog.file_sha256_idx IS 'Live files by their SHA-256 hash.';

CREATE INDEX file_release_release_croid_idx ON catalog.file_release (release_croid);
COMMENT ON INDEX catalog.file_release_release_croid_idx IS 'The files of a release.';

CREATE INDEX fileset_release_release_croid_idx ON catalog.fileset_release (release_croid);
COMMENT ON INDEX catalog.fileset_release_release_croid_idx IS 'The filesets of a release.';

CREATE INDEX webcapture_release_release_croid_idx ON catalog.webcapture_release (release_croid);
COMMENT ON INDEX catalog.webcapture_release_release_croid_idx IS 'The webcaptures of a release.';

-- SURTs may be too long for a tree.
CREATE INDEX webcapture_cdx_surt_idx ON catalog.webcapture_cdx USING hash (surt);
COMMENT ON INDEX catalog.webcapture_cdx_surt_idx IS 'Live web captures by the SURT of a resource.';

-- Ids grow with time, as do the tables: summaries of ranges of pages find them at little cost.
CREATE INDEX revision_revision_id_idx ON catalog.revision
USING brin (revision_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON INDEX catalog.revision_revision_id_idx IS 'A revision whose object is not named.';

CREATE INDEX edit_edit_id_idx ON catalog.edit
USING brin (edit_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON INDEX catalog.edit_edit_id_idx IS 'An edit whose object is not named.';

CREATE INDEX editgroup_open_idx ON catalog.editgroup (editgroup_id) WHERE status = 'open';
COMMENT ON INDEX catalog.editgroup_open_idx IS 'The open editgroups, in order; most of all editgroups were accepted long ago.';

CREATE INDEX editgroup_withdrawn_idx ON catalog.editgroup (editgroup_id)
WHERE status = 'withdrawn';
COMMENT ON INDEX catalog.editgroup_withdrawn_idx IS 'The editgroups that were given up, in order.';

CREATE INDEX contributor_orcid_idx ON catalog.contributor (orcid) WHERE orcid IS NOT NULL;
COMMENT ON INDEX catalog.contributor_orcid_idx IS 'The contributors that records give an ORCID iD, when somebody of that iD becomes known.';

CREATE INDEX release_issn_idx ON catalog.release USING gin (issn);
COMMENT ON INDEX catalog.release_issn_idx IS 'What appeared under an ISSN, when a container of that ISSN becomes known.';

CREATE INDEX container_lower_name_idx ON catalog.container (lower(name));
COMMENT ON INDEX catalog.container_lower_name_idx IS 'Live containers by their title.';

-- Titles may be too long for a tree.
CREATE INDEX release_container_title_idx ON catalog.release USING hash (lower(container_title))
WHERE issn = '{}';
COMMENT ON INDEX catalog.release_container_title_idx IS 'What appeared under a title and no ISSN, when a container of that title becomes known.';
