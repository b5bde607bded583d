-- What became of a lot (decision 0058). `etat`: actif; gele (a person stopped it), rappele (stopped, its value comes back
-- once its desk says so), laisse (its desk, put back to a copy, awards from it no more), limbes (its desk is revoked, or
-- nobody will answer for it). `arrets`: how often it was stopped, each time with a lease of its own. `ferme_a`: srv_seq of
-- the act by which its desk closed it. `valeur`: pass given back to the pot, NULL before. `publie_le` (ms UTC): when the
-- numbers in limbo were first in a published void list. `accorde_le` (ms UTC), `automatique`: 1 when the Region refilled
-- by itself. `fini`: 1 once every number of it was awarded.

ALTER TABLE lot ADD COLUMN etat TEXT NOT NULL DEFAULT 'actif';
ALTER TABLE lot ADD COLUMN etat_le INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN arrets INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN ferme_a INTEGER;
ALTER TABLE lot ADD COLUMN valeur INTEGER;
ALTER TABLE lot ADD COLUMN publie_le INTEGER;
ALTER TABLE lot ADD COLUMN accorde_le INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN automatique INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN fini INTEGER NOT NULL DEFAULT 0;
-- Returned before this version: its value went back at once.
UPDATE lot SET valeur = 0 WHERE rendu = 1;
CREATE INDEX lot_vivant ON lot (device, fini);
CREATE INDEX litige_carnet_par_numero ON litige_carnet (campagne, carnet);

-- Refill: when at most `seuil` carnets are left at a desk that takes part, `carnets` more are granted.
CREATE TABLE recharge (
    campagne INTEGER NOT NULL REFERENCES campagne (numero),
    pot TEXT NOT NULL,
    taille INTEGER NOT NULL CHECK (taille IN (5, 10)),
    seuil INTEGER NOT NULL CHECK (seuil >= 0),
    carnets INTEGER NOT NULL CHECK (carnets > 0),
    PRIMARY KEY (campagne, pot, taille)
) STRICT;

-- Days that a lease lasts, renewed at each exchange; a campaign without a row: to its hand-over stop.
CREATE TABLE bail (
    campagne INTEGER PRIMARY KEY REFERENCES campagne (numero),
    jours INTEGER NOT NULL CHECK (jours > 0)
) STRICT;
