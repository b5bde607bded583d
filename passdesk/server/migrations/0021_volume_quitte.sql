-- Bytes that came in one day from a computer that its desk left, and which day (since 1970, UTC): as of a desk (0015), and
-- in its own name.

ALTER TABLE ordinateur_quitte ADD COLUMN volume INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ordinateur_quitte ADD COLUMN volume_jour INTEGER NOT NULL DEFAULT 0;
