-- Awards made to somebody whom a responsable of the desk said to be a homonym: the reason's code, '' for none; and
-- the cases that this opened (protocol §6).

ALTER TABLE attribution ADD COLUMN homonyme TEXT NOT NULL DEFAULT '';
ALTER TABLE litige ADD COLUMN homonyme TEXT NOT NULL DEFAULT '';
