"""Every screen as a picture, in every theme and at both text sizes, and every sentence a user can be shown.

    python -m tests.gallery DIR [--quick] [--scene NAME…]

writes `DIR/<screen>-<theme>-<size>.png` (1366 × 768; themes clair, sombre, contraste; sizes 100 and 200) and
`DIR/strings.md`. It ends with one JSON line of totals and exits 1 when two pictures are the same, or when something
measured in the layout is wrong (`tests/ui/mesures.py`): text that needs more room than it has, a page wider than its
window, words painted over other words, contrast of what is really painted under 7:1 (outlines 3:1).
`--quick`: the main screens, light theme; `--scene`: only these functions. Pictures are for eyes: none is compared to
another.

**To add a screen**, write a few lines in `scenes_guichet.py` or `scenes_papier.py` (or in a `scenes_….py` of yours,
named in `SCENES_DE` of `__main__.py`):

    @scene("journee")                    # the world the desk opens on, a key of `mondes.MONDES`
    def lettre(g: Guichet, photo: Photo) -> None:
        g.bureau.montrer_lieu("personnes")
        g.calme()
        photo("personnes-liste")         # taken in every theme, at the size being played
        photo.dialogue("lettre-accord", g.page.lettre.click)   # a dialog: pressed, taken, closed by its harmless button

A scene is played once for each text size, on its own copy of the world, by a real window on a real encrypted base
(`tests/ui/guichet.py`). `@scene("journee", rapide=True)` puts it in `--quick`; `en_ligne=True` lets the desk reach the
Region; `imprimantes=("Accueil",)` gives it printers. A new world is a function of `mondes.py` that fills a desk through
the services and returns it.
"""
