-- The règlements published, by generation (protocol §7). `octets`: the TOML as signed.

CREATE TABLE reglement (
    generation INTEGER PRIMARY KEY,
    reglement TEXT NOT NULL UNIQUE,
    executoire_le TEXT NOT NULL,
    empreinte BLOB NOT NULL,
    octets BLOB NOT NULL,
    signature BLOB NOT NULL,
    publie_le TEXT NOT NULL
) STRICT;
