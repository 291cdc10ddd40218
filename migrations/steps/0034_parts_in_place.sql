-- Most parts fit into a page: there they are stored and read without a look at another table.
-- What is stored already stays where it is.
ALTER TABLE catalog.part SET (toast_tuple_target = 8160);
