INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX600', 'no-such-report', 404, 'There is no report of this name.', 'nexus report lists them; in SQL, gleba.report_age.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO gleba.shelf_life (report, title, shelf_life) VALUES
('doi-counts', 'DOIs by prefix, type and year', '1 hour'),
('enrichment-coverage', 'Enriched values by strategy', '1 hour'),
('resolution', 'Resolutions by prefix and month', '1 hour')
ON CONFLICT (report) DO UPDATE SET title = excluded.title, shelf_life = excluded.shelf_life;
