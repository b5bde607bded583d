-- A key announced with an epoch that is not the desk's last one, or by a computer that it left: known for what it
-- signed, it is never the desk's own.

ALTER TABLE poste ADD COLUMN annonce_passee INTEGER NOT NULL DEFAULT 0 CHECK (annonce_passee IN (0, 1));
