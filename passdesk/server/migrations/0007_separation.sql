-- Cases that a merge opened, once the desk undid that merge: when the Region heard of it (ms UTC). They stay open until
-- a person decides; closing one admits nothing above the cap.

ALTER TABLE litige ADD COLUMN separe_le INTEGER;
