-- A homonym that a responsable takes back: the reason's code, '' for none. `repris`: the case had been closed on that
-- word, and what it admitted above 10 is admitted no more (decision 0029).

ALTER TABLE litige ADD COLUMN homonyme_retire TEXT NOT NULL DEFAULT '';
ALTER TABLE litige ADD COLUMN repris INTEGER NOT NULL DEFAULT 0;
