INSERT INTO nexus.relation_type (relation_type, inverse, is_stored, title) VALUES
('is-preprint-of', 'has-preprint', true, 'Preprint of'), ('has-preprint', 'is-preprint-of', false, 'Has the preprint'),
('is-version-of', 'has-version', true, 'Version of'), ('has-version', 'is-version-of', false, 'Has the version'),
('is-new-version-of', 'is-previous-version-of', true, 'New version of'), ('is-previous-version-of', 'is-new-version-of', false, 'Previous version of'),
('is-manuscript-of', 'has-manuscript', true, 'Manuscript of'), ('has-manuscript', 'is-manuscript-of', false, 'Has the manuscript'),
('is-expression-of', 'has-expression', true, 'Expression of'), ('has-expression', 'is-expression-of', false, 'Has the expression'),
('is-manifestation-of', 'has-manifestation', true, 'Manifestation of'), ('has-manifestation', 'is-manifestation-of', false, 'Has the manifestation'),
('is-format-of', 'has-format', true, 'Other format of'), ('has-format', 'is-format-of', false, 'Has the format'),
('is-variant-form-of', 'is-original-form-of', true, 'Variant form of'), ('is-original-form-of', 'is-variant-form-of', false, 'Original form of'),
('is-translation-of', 'has-translation', true, 'Translation of'), ('has-translation', 'is-translation-of', false, 'Has the translation'),
('is-derived-from', 'has-derivation', true, 'Derived from'), ('has-derivation', 'is-derived-from', false, 'Source of'),
('replaces', 'is-replaced-by', true, 'Replaces'), ('is-replaced-by', 'replaces', false, 'Replaced by'),
('continues', 'is-continued-by', true, 'Continues'), ('is-continued-by', 'continues', false, 'Continued by'),
('obsoletes', 'is-obsoleted-by', true, 'Makes obsolete'), ('is-obsoleted-by', 'obsoletes', false, 'Made obsolete by'),
('is-part-of', 'has-part', true, 'Part of'), ('has-part', 'is-part-of', false, 'Has the part'),
('is-review-of', 'has-review', true, 'Review of'), ('has-review', 'is-review-of', false, 'Has the review'),
('reviews', 'is-reviewed-by', true, 'Reviews'), ('is-reviewed-by', 'reviews', false, 'Reviewed by'),
('is-comment-on', 'has-comment', true, 'Comment on'), ('has-comment', 'is-comment-on', false, 'Has the comment'),
('is-reply-to', 'has-reply', true, 'Reply to'), ('has-reply', 'is-reply-to', false, 'Has the reply'),
('is-supplement-to', 'is-supplemented-by', true, 'Supplement to'), ('is-supplemented-by', 'is-supplement-to', false, 'Supplemented by'),
('is-related-material', 'has-related-material', true, 'Material for'), ('has-related-material', 'is-related-material', false, 'Has the material'),
('is-based-on', 'is-basis-for', true, 'Based on'), ('is-basis-for', 'is-based-on', false, 'Basis for'),
('is-based-on-data', 'is-data-basis-for', true, 'Based on the data of'), ('is-data-basis-for', 'is-based-on-data', false, 'Its data are the basis for'),
('is-metadata-for', 'has-metadata', true, 'Metadata for'), ('has-metadata', 'is-metadata-for', false, 'Has the metadata'),
('describes', 'is-described-by', true, 'Describes'), ('is-described-by', 'describes', false, 'Described by'),
('documents', 'is-documented-by', true, 'Documents'), ('is-documented-by', 'documents', false, 'Documented by'),
('compiles', 'is-compiled-by', true, 'Compiles'), ('is-compiled-by', 'compiles', false, 'Compiled by'),
('collects', 'is-collected-by', true, 'Collects'), ('is-collected-by', 'collects', false, 'Collected by'),
('requires', 'is-required-by', true, 'Requires'), ('is-required-by', 'requires', false, 'Required by'),
('cites', 'is-cited-by', true, 'Cites'), ('is-cited-by', 'cites', false, 'Cited by'),
('references', 'is-referenced-by', true, 'References'), ('is-referenced-by', 'references', false, 'Referenced by'),
('updates', 'is-updated-by', true, 'Updates'), ('is-updated-by', 'updates', false, 'Updated by'),
('corrects', 'is-corrected-by', true, 'Corrects'), ('is-corrected-by', 'corrects', false, 'Corrected by'),
('retracts', 'is-retracted-by', true, 'Retracts'), ('is-retracted-by', 'retracts', false, 'Retracted by'),
('withdraws', 'is-withdrawn-by', true, 'Withdraws'), ('is-withdrawn-by', 'withdraws', false, 'Withdrawn by'),
('expresses-concern-about', 'has-expression-of-concern', true, 'Expresses concern about'), ('has-expression-of-concern', 'expresses-concern-about', false, 'Has the expression of concern'),
('is-financed-by', 'finances', true, 'Financed by'), ('finances', 'is-financed-by', false, 'Finances'),
('has-author-institution', 'is-author-institution-of', true, 'Has an author of'), ('is-author-institution-of', 'has-author-institution', false, 'Institution of an author of'),
('is-identical-to', 'is-identical-to', true, 'Identical to'), ('is-same-as', 'is-same-as', true, 'Same as')
ON CONFLICT (relation_type) DO UPDATE SET
  inverse = excluded.inverse, is_stored = excluded.is_stored, title = excluded.title;

-- Bits stand in rows: a source keeps its bit for ever.
INSERT INTO nexus.source (source, bit) VALUES
('reference', 1), ('relation', 2), ('update-to', 4), ('affiliation', 8), ('funder', 16)
ON CONFLICT (source) DO NOTHING;

-- A replica gets it from the database that it follows.
INSERT INTO catalog.editor (editor_id, username, role, is_bot)
SELECT nexus.editor(), 'nexus', 'admin', true
WHERE NOT platform.is_replica()
ON CONFLICT DO NOTHING;

SELECT nexus.subscribe();
