ALTER TABLE catalog.release ADD COLUMN projected_from uuid;
