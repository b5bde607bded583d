-- The Region's tables. No name, no birth date, no note: numbers, ids and 16-byte keys in clear, bodies encrypted.

CREATE TABLE region (
    cle TEXT PRIMARY KEY,
    valeur BLOB NOT NULL
) STRICT;

-- One row a counter: 'srv_seq', 'kid', 'generation', 'numero/<campagne>'. The next value to give is `valeur` + 1.
CREATE TABLE compteur (
    nom TEXT PRIMARY KEY,
    valeur INTEGER NOT NULL CHECK (valeur >= 0)
) STRICT;

CREATE TABLE campagne (
    numero INTEGER PRIMARY KEY,
    carte BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

-- Stock in pass. The value still to grant is stock - accorde + rendu.
CREATE TABLE pot (
    campagne INTEGER NOT NULL REFERENCES campagne (numero),
    pot TEXT NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0),
    accorde INTEGER NOT NULL DEFAULT 0,
    rendu INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campagne, pot),
    CHECK (accorde >= 0 AND rendu >= 0 AND accorde - rendu <= stock)
) STRICT;

CREATE TABLE poste (
    device TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    kid INTEGER NOT NULL UNIQUE,
    cle_requete BLOB NOT NULL,
    cle_pass BLOB NOT NULL,
    cle_boite BLOB NOT NULL,
    premier_jour TEXT NOT NULL,
    dernier_jour TEXT NOT NULL,
    lien BLOB NOT NULL,
    etat TEXT NOT NULL DEFAULT 'actif' CHECK (etat IN ('actif', 'revoque')),
    compteur INTEGER NOT NULL DEFAULT 0,
    cursor INTEGER NOT NULL DEFAULT 0,
    fourche INTEGER NOT NULL DEFAULT 0,
    app TEXT NOT NULL DEFAULT '',
    vu_le INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE enrolement (
    repere TEXT NOT NULL,
    code_mac BLOB NOT NULL,
    nom TEXT NOT NULL,
    expire_le INTEGER NOT NULL,
    essais INTEGER NOT NULL DEFAULT 0,
    etat TEXT NOT NULL DEFAULT 'ouvert' CHECK (etat IN ('ouvert', 'en_attente', 'accepte', 'refuse', 'perime')),
    ticket BLOB UNIQUE,
    cle_requete BLOB,
    cle_pass BLOB,
    cle_boite BLOB,
    empreinte BLOB,
    device TEXT REFERENCES poste (device),
    PRIMARY KEY (repere, code_mac)
) STRICT;

-- How far each log goes, by epoch; `tete_*`: what the device last said and signed about its own end.
CREATE TABLE journal (
    device TEXT NOT NULL REFERENCES poste (device),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    tete_seq INTEGER NOT NULL DEFAULT 0,
    tete_hash BLOB,
    tete_signature BLOB,
    PRIMARY KEY (device, epoch)
) STRICT;

-- Append-only: the canonical header as received. `resultat`: appliquee, en_attente or litige. `type` and `sujet`
-- are null when the header is of a newer program.
CREATE TABLE operation (
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    srv_seq INTEGER NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    entete BLOB NOT NULL,
    type TEXT,
    sujet TEXT,
    resultat TEXT NOT NULL,
    litige TEXT,
    raison TEXT,
    recu_le INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, seq)
) STRICT;
CREATE INDEX operation_par_sujet ON operation (device, sujet);

-- Salt and body, encrypted by a key that is not in this file; deleted when the person is erased.
CREATE TABLE corps (
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    scelle BLOB NOT NULL,
    PRIMARY KEY (device, epoch, seq)
) STRICT;

-- What cannot be placed: the other branch of a fork, unreadable messages, requests of a revoked device. Encrypted.
CREATE TABLE quarantaine (
    numero INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    empreinte BLOB NOT NULL,
    raison TEXT NOT NULL,
    scelle BLOB NOT NULL,
    recu_le INTEGER NOT NULL,
    UNIQUE (device, epoch, seq, empreinte)
) STRICT;

-- A desk's persons: the blind key of each, and the record it was merged into.
CREATE TABLE sujet (
    device TEXT NOT NULL,
    sujet TEXT NOT NULL,
    cle BLOB,
    fusionne_dans TEXT,
    PRIMARY KEY (device, sujet)
) STRICT;

CREATE TABLE lot (
    lot TEXT PRIMARY KEY,
    campagne INTEGER NOT NULL REFERENCES campagne (numero),
    pot TEXT NOT NULL,
    taille INTEGER NOT NULL CHECK (taille IN (5, 10)),
    premier INTEGER NOT NULL,
    dernier INTEGER NOT NULL,
    device TEXT NOT NULL REFERENCES poste (device),
    kid INTEGER NOT NULL,
    bail_jusqu_au TEXT NOT NULL,
    srv_seq INTEGER NOT NULL,
    rendu INTEGER NOT NULL DEFAULT 0,
    CHECK (premier <= dernier)
) STRICT;
CREATE INDEX lot_par_numero ON lot (campagne, premier);

-- One row a carnet awarded, in the order of the world; the person is a key, or a device and its own id.
CREATE TABLE attribution (
    srv_seq INTEGER NOT NULL,
    campagne INTEGER NOT NULL,
    carnet INTEGER NOT NULL,
    device TEXT NOT NULL,
    sujet TEXT NOT NULL,
    attribution TEXT NOT NULL,
    cle BLOB NOT NULL,
    taille INTEGER NOT NULL,
    pot TEXT NOT NULL,
    le TEXT NOT NULL,
    etat TEXT NOT NULL DEFAULT 'en_vigueur',
    remis INTEGER NOT NULL DEFAULT 0,
    valeur_rendue INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (srv_seq, campagne, carnet)
) STRICT;
CREATE INDEX attribution_par_cle ON attribution (cle, srv_seq);
CREATE INDEX attribution_par_carnet ON attribution (campagne, carnet);

-- The void list. `rangs`: bit r - 1 is set when rank r is void; all ten bits: the whole carnet.
CREATE TABLE nul (
    campagne INTEGER NOT NULL,
    carnet INTEGER NOT NULL,
    raison TEXT NOT NULL CHECK (raison IN ('annule', 'perdu', 'vole', 'litige')),
    rangs INTEGER NOT NULL CHECK (rangs BETWEEN 1 AND 1023),
    PRIMARY KEY (campagne, carnet, raison)
) STRICT;

CREATE TABLE litige (
    litige TEXT PRIMARY KEY,
    genre TEXT NOT NULL CHECK (genre IN ('plafond', 'hors_lot', 'numero_double', 'fourche')),
    srv_seq INTEGER NOT NULL,
    campagne INTEGER NOT NULL,
    excedent INTEGER NOT NULL,
    cle BLOB,
    etat TEXT NOT NULL DEFAULT 'ouvert' CHECK (etat IN ('ouvert', 'clos')),
    ouvert_le INTEGER NOT NULL
) STRICT;

-- `rangs`: the ranks that this very case blocked, as a bit field; closing it gives these back and no others.
CREATE TABLE litige_carnet (
    litige TEXT NOT NULL REFERENCES litige (litige),
    campagne INTEGER NOT NULL,
    carnet INTEGER NOT NULL,
    device TEXT NOT NULL,
    sujet TEXT,
    rangs INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (litige, campagne, carnet, device)
) STRICT;

-- What desks pull; `device` null: for all of them.
CREATE TABLE evenement (
    srv_seq INTEGER PRIMARY KEY,
    device TEXT,
    type TEXT NOT NULL,
    octets BLOB NOT NULL
) STRICT;
