"""The two sides that are timed on one bad link: PouchDB with its server (JavaScript), and this desk with its Region.

Each runs as two processes, one at either end of a link (`lien`), and answers one JSON line to each line it is told:
`charger N`, `ajouter N`, `pousser`, `compter`. The people are the same (`gens.js`).
"""
