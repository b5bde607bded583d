-- What people decided of a case, "" before (and for one that was merely closed): meme_personne, homonyme, erreur, fraude;
-- and when (ms UTC).

ALTER TABLE litige ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE litige ADD COLUMN decide_le INTEGER;
