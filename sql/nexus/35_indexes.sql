CREATE INDEX relation_object_key_relation_type_idx
ON nexus.relation (object_key, relation_type, subject_croid);
COMMENT ON INDEX nexus.relation_object_key_relation_type_idx IS 'The relations of an object from its side, and those that wait for an identifier.';

CREATE INDEX relation_object_key_idx ON nexus.relation (object_key) WHERE by_object <> 0;
COMMENT ON INDEX nexus.relation_object_key_idx IS 'What an object asserts itself of relations that it is the object of; a few among all that lead to it.';

CREATE INDEX relation_editgroup_id_idx ON nexus.relation (editgroup_id, subject_croid);
COMMENT ON INDEX nexus.relation_editgroup_id_idx IS 'What changed under an entry of the changelog, in order.';
