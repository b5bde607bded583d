"""The sync strip: where the acts are, since when they wait, how far a sending is; never by colour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from passdesk.domain.francais import heure
from passdesk.services.avancement import Progres
from passdesk.ui.bandeau import Bandeau
from passdesk.ui.messages import message
from passdesk.ui.mots_envoi import EtatEnvoi, attente, jour_dit, phrase_envoi, taille, temps_restant
from passdesk.ui.theme import Theme

MARDI = datetime(2026, 3, 3, 9, 42, tzinfo=UTC)
HORS_LIGNE = EtatEnvoi(
    relie=True, en_ligne=False, en_cours=False, a_envoyer=14, dernier_contact=MARDI - timedelta(days=2, hours=3)
)
ENVOI = replace(HORS_LIGNE, en_cours=True, progres=Progres(9, 14, 34_000, 1_200_000))
LONG = replace(ENVOI, duree=12.0, reste=130.0)
EN_RETARD = replace(HORS_LIGNE, attend_depuis=MARDI - timedelta(days=4))


@pytest.mark.parametrize(
    ("etat", "phrase"),
    [
        (HORS_LIGNE, "Hors ligne depuis 2 jours · 14 actes à envoyer · rien n’est perdu · l’envoi reprendra seul"),
        (
            replace(HORS_LIGNE, attend_depuis=MARDI - timedelta(days=2)),
            "Hors ligne depuis 2 jours · 14 actes à envoyer depuis dimanche · rien n’est perdu · "
            "l’envoi reprendra seul",
        ),
        (
            replace(HORS_LIGNE, attend_depuis=MARDI + timedelta(days=2)),
            "Hors ligne depuis 2 jours · 14 actes à envoyer · rien n’est perdu · l’envoi reprendra seul",
        ),
        (ENVOI, "Envoi en cours · 9 sur 14"),
        (replace(ENVOI, progres=None), "Envoi en cours · 14 actes à envoyer"),
        (LONG, "Envoi en cours · 9 sur 14 actes · 34 ko sur 1,2 Mo · environ 2 minutes"),
        (replace(LONG, reste=20.0), "Envoi en cours · 9 sur 14 actes · 34 ko sur 1,2 Mo · moins d’une minute"),
        (replace(LONG, arrete=True), "Arrêt de l’envoi · 9 sur 14 actes · 34 ko sur 1,2 Mo"),
        (replace(HORS_LIGNE, en_ligne=True, a_envoyer=0), "En ligne · tout est envoyé"),
        (
            replace(HORS_LIGNE, en_ligne=True, a_envoyer=0, dernier_contact=MARDI - timedelta(minutes=2)),
            f"En ligne · tout est envoyé · dernière réponse à {heure((MARDI - timedelta(minutes=2)).astimezone())}",
        ),
        (replace(HORS_LIGNE, en_ligne=True, a_envoyer=1), "En ligne · 1 acte à envoyer"),
        (replace(HORS_LIGNE, a_envoyer=0), "Hors ligne depuis 2 jours · rien à envoyer"),
        (replace(HORS_LIGNE, dernier_contact=None, a_envoyer=0), "Hors ligne · rien à envoyer"),
        (
            replace(HORS_LIGNE, dernier_contact=MARDI - timedelta(minutes=70)),
            "Hors ligne depuis 1 heure · 14 actes à envoyer · rien n’est perdu · l’envoi reprendra seul",
        ),
        (replace(EN_RETARD, relie=False), "Poste pas encore relié à la Région · 14 actes gardés ici"),
        (
            replace(HORS_LIGNE, refus="La Région ne reconnaît pas ce poste."),
            "La Région ne reconnaît pas ce poste · 14 actes à envoyer · rien n’est perdu",
        ),
        (
            replace(HORS_LIGNE, refus="La Région ne reconnaît pas ce poste.", a_envoyer=0),
            "La Région ne reconnaît pas ce poste · rien à envoyer",
        ),
        (
            replace(HORS_LIGNE, panne="Le proxy de ce réseau demande un mot de passe.", a_envoyer=0),
            "Le proxy de ce réseau demande un mot de passe · rien à envoyer",
        ),
        (
            EN_RETARD,
            "Hors ligne depuis 2 jours · 14 actes à envoyer · rien n’est perdu · l’envoi reprendra seul",
        ),
        (
            replace(EN_RETARD, a_envoyer=1, attend_depuis=MARDI - timedelta(days=40)),
            "Hors ligne depuis 2 jours · 1 acte à envoyer · rien n’est perdu · l’envoi reprendra seul",
        ),
        (
            replace(EN_RETARD, panne="Une autre page a répondu à la place de la Région."),
            "Une autre page a répondu à la place de la Région · 14 actes à envoyer · rien n’est perdu",
        ),
    ],
)
def test_the_strip_says_where_the_acts_are(etat: EtatEnvoi, phrase: str) -> None:
    _, gras, faits = phrase_envoi(etat, MARDI)
    assert " · ".join((gras, *faits)).replace("\u00a0ko", " ko").replace("\u00a0Mo", " Mo") == phrase


def test_a_long_sending_holds_on_one_line_where_there_is_little_room() -> None:
    assert phrase_envoi(LONG, MARDI, court=True)[2] == ("9 sur 14 actes", "environ 2 minutes")


def test_what_waits_too_long_has_a_badge_and_the_strip_stays_as_it_is(qtbot: QtBot, theme: Theme) -> None:
    bandeau = Bandeau(theme)
    qtbot.addWidget(bandeau)
    for etat, dit, signe in (
        (EN_RETARD, "En attente depuis 4 jours", "cloud-off"),
        (replace(EN_RETARD, attend_depuis=MARDI - timedelta(days=3)), "En attente depuis 3 jours", "cloud-off"),
        (replace(EN_RETARD, en_ligne=True), "En attente depuis 4 jours", "cloud"),
        (replace(EN_RETARD, attend_depuis=MARDI - timedelta(days=2, hours=23)), "", "cloud-off"),
        (replace(EN_RETARD, relie=False), "", "cloud-off"),
        (replace(EN_RETARD, a_envoyer=0, attend_depuis=None), "", "cloud-off"),
        (replace(EN_RETARD, en_cours=True, progres=Progres(0, 14, 0, 9)), "", "refresh"),
    ):
        bandeau.montrer(etat, MARDI)
        assert (attente(etat, MARDI), phrase_envoi(etat, MARDI)[0]) == (dit, signe)
        assert bandeau.attente.isVisibleTo(bandeau) is bool(dit)
        assert bandeau.attente.accessibleName() == dit
        assert bandeau.texte.property("ton") == "" and bandeau.property("ton") is None, "the badge alone is red"


def test_the_strip_holds_on_one_line_at_large_text(qtbot: QtBot, theme: Theme) -> None:
    theme.choisir(echelle=2.0)
    bandeau = Bandeau(theme)
    qtbot.addWidget(bandeau)
    bandeau.disposer(True)
    bandeau.resize(1366, 60)
    bandeau.show()
    page = message("reponse_etrangere").quoi
    for etat in (
        HORS_LIGNE,
        EN_RETARD,
        replace(EN_RETARD, en_ligne=True),
        replace(EN_RETARD, a_envoyer=1380),
        replace(HORS_LIGNE, panne=page),
        replace(EN_RETARD, panne=page),
    ):
        bandeau.montrer(etat, MARDI)
        qtbot.waitUntil(lambda: bandeau.texte.height() < 1.5 * bandeau.texte.fontMetrics().lineSpacing())


@pytest.mark.parametrize("echelle", [1.5, 2.0])
def test_where_there_is_little_room_the_last_facts_leave_before_the_button(
    qtbot: QtBot, theme: Theme, echelle: float
) -> None:
    theme.choisir(echelle=echelle)
    bandeau = Bandeau(theme)
    qtbot.addWidget(bandeau)
    bandeau.disposer(True)
    bandeau.resize(1366, theme.px(30))
    bandeau.show()
    for etat, dits in (
        (HORS_LIGNE, "14 actes à envoyer"),
        (EN_RETARD, "Hors ligne"),
        (replace(HORS_LIGNE, en_ligne=True), "14 actes à envoyer"),
        (replace(HORS_LIGNE, panne=message("reponse_etrangere").quoi), "Une autre page"),
    ):
        bandeau.montrer(etat, MARDI)
        qtbot.waitUntil(lambda: bandeau.texte.height() < 1.5 * bandeau.texte.fontMetrics().lineSpacing())
        assert dits in bandeau.texte.accessibleName()
        assert bandeau.bouton.isVisible()
        assert bandeau.texte.geometry().right() < bandeau.bouton.x()
        assert bandeau.rect().contains(bandeau.bouton.geometry())
    bandeau.resize(theme.px(480), theme.px(30))
    assert not bandeau.bouton.isVisible(), "where the bold words need all the line"
    bandeau.montrer(HORS_LIGNE, MARDI)
    assert bandeau.bouton.isVisible() and "rien n’est perdu" not in bandeau.texte.accessibleName()
    assert bandeau.height() == theme.px(30) and bandeau.rect().contains(bandeau.bouton.geometry()), "as high as before"
    bandeau.resize(1366, theme.px(30))
    bandeau.montrer(LONG, MARDI)
    assert bandeau.arret.isVisible() and not bandeau.bouton.isVisible()
    qtbot.waitUntil(lambda: bandeau.layout().minimumSize().height() <= theme.px(30))
    assert bandeau.height() == theme.px(30) and bandeau.rect().contains(bandeau.arret.geometry())


def test_the_button_says_what_it_is_good_for(qtbot: QtBot, theme: Theme) -> None:
    bandeau = Bandeau(theme)
    qtbot.addWidget(bandeau)
    for etat, mots in (
        (HORS_LIGNE, "Essayer maintenant"),
        (replace(HORS_LIGNE, a_envoyer=0), "Essayer maintenant"),
        (replace(HORS_LIGNE, en_ligne=True), "Envoyer maintenant"),
        (replace(HORS_LIGNE, en_ligne=True, a_envoyer=0), "Actualiser"),
    ):
        bandeau.montrer(etat, MARDI)
        assert (bandeau.bouton.texte(), bandeau.bouton.isEnabled()) == (mots, True)
    bandeau.montrer(replace(HORS_LIGNE, en_cours=True), MARDI)
    assert not bandeau.bouton.isEnabled()
    bandeau.montrer(replace(HORS_LIGNE, relie=False), MARDI)
    assert not bandeau.bouton.isVisibleTo(bandeau)


def test_a_long_sending_can_be_stopped_at_any_width_and_a_short_one_is_not_offered_to_be(
    qtbot: QtBot, theme: Theme
) -> None:
    bandeau = Bandeau(theme)
    qtbot.addWidget(bandeau)
    demandes: list[str] = []
    bandeau.arreter.connect(lambda: demandes.append("arrêt"))
    bandeau.montrer(ENVOI, MARDI)
    assert not bandeau.arret.isVisibleTo(bandeau)
    for etroite in (False, True):
        bandeau.disposer(etroite)
        bandeau.montrer(LONG, MARDI)
        assert bandeau.arret.isVisibleTo(bandeau)
        assert not bandeau.bouton.isVisibleTo(bandeau)
        bandeau.arret.click()
    assert demandes == ["arrêt", "arrêt"]
    bandeau.montrer(replace(LONG, arrete=True), MARDI)
    assert not bandeau.arret.isEnabled()


def test_the_time_left_follows_the_pace_and_is_not_guessed_too_soon() -> None:
    debut = Progres(0, 100, 0, 1000)
    assert temps_restant(debut, Progres(1, 100, 10, 1000), 2.0) is None
    assert temps_restant(debut, debut, 60.0) is None
    assert temps_restant(debut, Progres(50, 100, 250, 1000), 10.0) == 30.0


@pytest.mark.parametrize(
    ("avant", "dit"),
    [
        (timedelta(hours=1, minutes=10), heure((MARDI - timedelta(hours=1, minutes=10)).astimezone())),
        (timedelta(days=1), "hier"),
        (timedelta(days=6), "mercredi"),
        (timedelta(days=7), "le 24\u00a0février"),
        (timedelta(days=2), "dimanche"),
        (timedelta(days=90), "le 3\u00a0décembre 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(avant: timedelta, dit: str) -> None:
    assert jour_dit((MARDI - avant).astimezone(), MARDI.astimezone()) == dit


@pytest.mark.parametrize(("octets", "dit"), [(0, "0 ko"), (1, "1 ko"), (33_600, "34 ko"), (1_250_000, "1,2 Mo")])
def test_a_size_is_said_round(octets: int, dit: str) -> None:
    assert taille(octets) == dit.replace(" ", "\u00a0")
