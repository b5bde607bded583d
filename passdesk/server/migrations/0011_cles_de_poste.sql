-- A desk signs with one key an epoch (protocol §1): `poste` holds the present one; the former ones stay known, for the
-- carnets that they signed.

CREATE TABLE cle_ancienne (
    kid INTEGER PRIMARY KEY,
    device TEXT NOT NULL REFERENCES poste (device),
    cle_pass BLOB NOT NULL UNIQUE,
    premier_jour TEXT NOT NULL,
    dernier_jour TEXT NOT NULL,
    lien BLOB NOT NULL
) STRICT;
CREATE INDEX cle_ancienne_par_poste ON cle_ancienne (device, kid);

-- The public key that the desk announced with its epoch, until it is certified; null for most.
ALTER TABLE poste ADD COLUMN cle_annoncee BLOB;
