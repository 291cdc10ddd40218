-- Everything here is new and empty; the small integers are bits of sources, of which there are few.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint, prefer-bigint-over-smallint
-- How objects relate: one row per relation, told from both sides.
CREATE SCHEMA nexus;

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

CREATE TABLE nexus.update_type (
  update_type text NOT NULL,
  relation_type text NOT NULL REFERENCES nexus.relation_type (relation_type),
  CONSTRAINT update_type_pkey PRIMARY KEY (update_type)
);

CREATE TABLE nexus.source (
  source text NOT NULL,
  bit smallint NOT NULL,
  CONSTRAINT source_pkey PRIMARY KEY (source),
  CONSTRAINT source_bit_key UNIQUE (bit),
  CONSTRAINT bit_is_one_bit CHECK (bit > 0 AND (bit & (bit - 1)) = 0)
);

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

CREATE INDEX relation_object_key_relation_type_idx
ON nexus.relation (object_key, relation_type, subject_croid);

CREATE INDEX relation_object_key_idx ON nexus.relation (object_key) WHERE by_object <> 0;

CREATE INDEX relation_editgroup_id_idx ON nexus.relation (editgroup_id, subject_croid);
