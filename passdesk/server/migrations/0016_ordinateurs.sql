-- A desk goes on with its log on another computer, or once it was revoked by mistake (decision 0090).

-- The device whose log the desk that asks has shown that it holds; null for a new one.
ALTER TABLE enrolement ADD COLUMN suite TEXT;

-- The computers that a desk left, by the key that they sign with: what they still send is set aside, `octets` of it.
CREATE TABLE ordinateur_quitte (
    device TEXT NOT NULL REFERENCES poste (device),
    cle_requete BLOB NOT NULL,
    quitte_le INTEGER NOT NULL,
    octets INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (device, cle_requete)
) STRICT;
