-- Members of a body that seldom change lie in one part together: which part each member is in.
ALTER TABLE catalog.part_member ADD COLUMN part text;
UPDATE catalog.part_member SET part = member WHERE part IS NULL;
-- A table of some dozen rows that only upgrades write.
-- squawk-ignore-file adding-not-nullable-field, constraint-missing-not-valid
ALTER TABLE catalog.part_member ALTER COLUMN part SET NOT NULL;
ALTER TABLE catalog.part_member ADD CONSTRAINT part_is_the_member_or_shared
CHECK (part IN (member, '*'));
