-- Bytes that came from a desk in one day, and which day (since 1970, UTC): what it may fill is bounded (decision 0073).

ALTER TABLE poste ADD COLUMN octets INTEGER NOT NULL DEFAULT 0;
ALTER TABLE poste ADD COLUMN octets_jour INTEGER NOT NULL DEFAULT 0;
