-- The state digest (decision 0060): by blocks of 256 places of the order of the world, how many events were told and the
-- sum of their hashes; `cible` is a device, or empty for what is told to all.

CREATE TABLE etat_bloc (
    cible TEXT NOT NULL,
    bloc INTEGER NOT NULL,
    nombre INTEGER NOT NULL,
    somme INTEGER NOT NULL,
    PRIMARY KEY (cible, bloc)
) STRICT;
