-- A lot that a Region put back to a backup learns again, once its desk was revoked or said stolen: void as those that it
-- knew then. Its key says when it was granted: the first number that was a key of nobody's by then, 0 for never.

ALTER TABLE poste ADD COLUMN annule_avant INTEGER NOT NULL DEFAULT 0;
ALTER TABLE poste ADD COLUMN vole_avant INTEGER NOT NULL DEFAULT 0;
