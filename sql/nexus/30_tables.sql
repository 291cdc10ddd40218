CREATE TABLE nexus.relation_type (
  relation_type text NOT NULL,
  inverse text NOT NULL,
  is_stored boolean NOT NULL,
  title text NOT NULL,
  CONSTRAINT relation_type_pkey PRIMARY KEY (relation_type),
  CONSTRAINT relation_type_inverse_fkey
  FOREIGN KEY (inverse) REFERENCES nexus.relation_type (relation_type),
  CONSTRAINT relation_type_is_kebab_case CHECK (relation_type ~ '^[a-z]+(-[a-z]+)*$'),
  CONSTRAINT own_inverse_is_stored CHECK (relation_type <> inverse OR is_stored)
);
COMMENT ON TABLE nexus.relation_type IS 'How one object can relate to another, and what the same relation is called from the other side.';
COMMENT ON COLUMN nexus.relation_type.inverse IS 'The same relation seen from its object; itself where both sides are alike.';
COMMENT ON COLUMN nexus.relation_type.is_stored IS 'Whether rows have this direction once their object is known; the other direction is derived.';

-- Its rows come before those that it names; a commit finds both.
ALTER TABLE fulgora.update_type
ADD CONSTRAINT update_type_relation_type_fkey
FOREIGN KEY (relation_type) REFERENCES nexus.relation_type (relation_type)
DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE nexus.source (
  source text NOT NULL,
  bit smallint NOT NULL,
  CONSTRAINT source_pkey PRIMARY KEY (source),
  CONSTRAINT source_bit_key UNIQUE (bit),
  CONSTRAINT bit_is_one_bit CHECK (bit > 0 AND (bit & (bit - 1)) = 0)
);
COMMENT ON TABLE nexus.source IS 'The members of a body that can assert a relation, each a bit in the columns by_* of nexus.relation.';

CREATE TABLE nexus.relation (
  subject_croid uuid NOT NULL,
  object_key uuid NOT NULL,
  first_editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id) NOT ENFORCED,
  editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id) NOT ENFORCED,
  by_subject smallint NOT NULL,
  by_object smallint NOT NULL,
  by_nexus smallint NOT NULL,
  is_current boolean NOT NULL,
  relation_type text NOT NULL REFERENCES nexus.relation_type (relation_type) NOT ENFORCED,
  object_scheme text,
  object_value text,
  CONSTRAINT relation_pkey PRIMARY KEY (subject_croid, relation_type, object_key),
  CONSTRAINT relation_has_two_ends CHECK (subject_croid <> object_key),
  CONSTRAINT relation_is_asserted CHECK ((by_subject | by_object | by_nexus) > 0),
  CONSTRAINT awaited_object_has_a_scheme CHECK ((object_scheme IS NULL) = (object_value IS NULL)),
  CONSTRAINT awaited_object_is_silent CHECK (object_value IS NULL OR by_object = 0),
  CONSTRAINT awaited_object_has_its_key CHECK (
    object_value IS NULL OR object_key = md5(object_scheme || ':' || object_value)::uuid
  )
);
COMMENT ON TABLE nexus.relation IS 'How one object relates to another: one row however many assert it and from whichever side. A relation to an object that is not known waits under its identifier. Written by nexus.relate alone.';
COMMENT ON COLUMN nexus.relation.object_key IS 'The other object, or what nexus.key_of makes of its identifier while it is not known.';
COMMENT ON COLUMN nexus.relation.first_editgroup_id IS 'The entry of the changelog under which it was first told.';
COMMENT ON COLUMN nexus.relation.editgroup_id IS 'The entry of the changelog under which it last changed: was asserted, completed or retracted.';
COMMENT ON COLUMN nexus.relation.by_subject IS 'Members of the subject''s body that assert it, as bits of nexus.source; of a retracted one, those that last did.';
COMMENT ON COLUMN nexus.relation.by_object IS 'Members of the object''s body that assert it from the other side.';
COMMENT ON COLUMN nexus.relation.by_nexus IS 'Members of the subject''s body in which a strategy of this hub asserts it.';
COMMENT ON COLUMN nexus.relation.is_current IS 'False once nobody asserts it any more: it was retracted, and stays visible so.';
COMMENT ON COLUMN nexus.relation.object_scheme IS 'Of the identifier that is waited for; null once the object is known.';
COMMENT ON COLUMN nexus.relation.object_value IS 'The identifier that is waited for; null once the object is known.';
