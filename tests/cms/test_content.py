"""The text of the roadmap, whole, and the pages that the law wants."""

import re
from html import unescape

from cms.identity.models import AccessibilityLevel, SiteIdentity

ROADMAP = "/feuille-de-route/"
AXIS_I = "/feuille-de-route/acces-aux-droits/"
AXIS_II = "/feuille-de-route/parcours-numerique-usager/"
AXIS_III = "/feuille-de-route/filiere-materiel/"

# The source, sentence by sentence (feuille de route 2023-2027), and the page that carries it.
SOURCE = [
    (ROADMAP, "Feuille de route France Numérique Ensemble Vaucluse"),
    (ROADMAP, "La feuille de route France Numérique Ensemble Vaucluse 2023-2027 (FNE84) est destinée à mieux coordonner et favoriser les dynamiques locales pour renforcer l’inclusion et la médiation numériques."),
    (ROADMAP, "s’inscrit dans la continuité du travail partenarial mené par la Préfecture et le Département de Vaucluse, dans le précédent schéma de services au public"),
    (ROADMAP, "constitue désormais le volet Numérique du Schéma de services au public 2024-2029"),
    (ROADMAP, "Ses objectifs"),
    (ROADMAP, "Favoriser l’interconnaissance et le faire-ensemble des structures mobilisées sur la médiation et l’inclusion numériques en Vaucluse"),
    (ROADMAP, "Optimiser et massifier l’accompagnement des publics, et particulièrement des publics fragiles"),
    (ROADMAP, "Contact"),
    (ROADMAP, "Département de Vaucluse"),
    (ROADMAP, "04 90 16 15 00"),
    (ROADMAP, "Contacter le Département"),
    (ROADMAP, "Le travail engagé avec les partenaires locaux, les intercommunalités, les opérateurs de services (CAF, MSA, CPAM, France Travail, CARSAT, La Poste) et l’ANCT a permis de structurer les axes d’intervention pour le Vaucluse."),
    (ROADMAP, "Cartographie interactive des lieux de médiation et d’inclusion numériques en Vaucluse"),
    (ROADMAP, "Rue Viala – CS 60516"),
    (ROADMAP, "84909 Avignon Cedex 09"),
    (AXIS_I, "Accès aux droits via le numérique pour les publics fragiles"),
    (AXIS_I, "Problématique centrale de l’inclusion numérique, l’accès aux droits est l’axe majeur de la stratégie d’inclusion numérique et impacte très fortement les publics accompagnés par le Département."),
    (AXIS_I, "Cet axe concerne essentiellement la poursuite et le renforcement d’actions amorcées lors du précédent Schéma de services :"),
    (AXIS_I, "Espaces France Services"),
    (AXIS_I, "Assistants en démarches administratives et numériques (ADAN) au sein des EDÉS"),
    (AXIS_I, "Réseau de l’inclusion numérique"),
    (AXIS_I, "Réseau de partenaires des opérateurs (CAF, MSA, CPAM…)"),
    (AXIS_I, "Désormais, il s’agit de développer les partenariats et la coordination des différents réseaux entre eux et avec les partenaires locaux et les territoires."),
    (AXIS_II, "Élaborer un parcours numérique usager"),
    (AXIS_II, "Cet axe a pour vocation de structurer un réseau d’acteurs de la médiation numérique en capacité de repérer, orienter et/ou accompagner les usagers dans la maîtrise progressive et la compréhension des outils et usages numériques, afin de réduire la fracture numérique qui touche un large public en Vaucluse."),
    (AXIS_II, "Ce parcours usager pourra être décliné à l’échelle du Vaucluse, mais aussi à l’échelle des territoires, afin d’assurer une mobilisation des acteurs locaux et un maillage de proximité pour l’accompagnement des usagers."),
    (AXIS_II, "Cet axe s’appuie principalement sur :"),
    (AXIS_II, "réseau des conseillers numériques en Vaucluse, avec un animateur départemental"),
    (AXIS_II, "réseau des partenaires de la médiation numérique du Département, avec le lancement d’un appel à projets en 2025"),
    (AXIS_II, "la mise en œuvre de feuilles de route infra-départementales : la première feuille de route est déployée sur le territoire de l’agglomération Luberon Monts de Vaucluse"),
    (AXIS_III, "Structuration d’une filière de collecte, de reconditionnement-recyclage et de distribution de matériels numériques"),
    (AXIS_III, "Cet axe est issu des échanges au niveau national et local dans le cadre de la construction de la feuille de route et s’inscrit dans une double démarche :"),
    (AXIS_III, "Mise à disposition d’outils numériques, afin de compléter la démarche d’inclusion numérique"),
    (AXIS_III, "Sobriété numérique et transition écologique, en favorisant le recyclage des matériels existants."),
    (AXIS_III, "À ce jour en Vaucluse, cette filière inscrite dans une démarche solidaire n’est pas ou peu développée."),
    (AXIS_III, "Une réflexion et un partenariat élargi (notamment avec les acteurs de l’insertion) seraient à développer sur cet axe."),
]  # fmt: skip


def text_of(html: str) -> str:
    """What is read on the page, between its header and its footer; spaces made equal."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    without_tags = re.sub(r"</?(?:b|a|i|span|abbr)\b[^>]*>", "", main)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without_tags)))


def test_roadmap_source_is_wholly_on_the_pages(client, site):
    texts = {url: text_of(client.get(url).content.decode()) for url in dict(SOURCE)}
    assert [sentence for url, sentence in SOURCE if sentence not in texts[url]] == []


def test_roadmap_explains_its_acronyms(client, site):
    html = client.get(ROADMAP).content.decode()
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["ADAN", "ANCT", "CAF", "CARSAT", "CPAM", "EDÉS", "FNE84", "MSA"]


def test_roadmap_leads_to_the_map_and_to_contact(client, site):
    html = client.get(ROADMAP).content.decode()
    assert '<a class="link-action" href="/feuille-de-route/cartographie/">' in html
    assert '<a href="/contact/">Contacter le Département</a>' in html


MENTIONS = [
    (AccessibilityLevel.NONE, "Accessibilité : non conforme"),
    (AccessibilityLevel.PARTIAL, "Accessibilité : partiellement conforme"),
    (AccessibilityLevel.FULL, "Accessibilité : totalement conforme"),
]


def test_footer_carries_the_mention_of_the_law(client, site):
    found = []
    for level, mention in MENTIONS:
        SiteIdentity.objects.update(accessibility=level)
        footer = client.get("/").content.decode().partition("<footer")[2]
        found.append((level, f'<a href="/accessibilite/">{mention}</a>' in footer))
    assert found == [(level, True) for level in AccessibilityLevel]


def test_footer_leads_to_the_legal_pages(client, site):
    footer = client.get("/").content.decode().partition("<footer")[2]
    assert re.findall(r'<li><a href="(/[^"]*)">', footer) == [
        "/contact/",
        "/mentions-legales/",
        "/donnees-personnelles/",
        "/cookies/",
        "/accessibilite/",
    ]


def test_footer_forgets_a_page_that_is_not_published(client, site):
    SiteIdentity.objects.get().cookies_page.unpublish()
    assert "/cookies/" not in client.get("/").content.decode()


LEGAL = {
    "/accessibilite/": [
        "article 47 de la loi n° 2005-102 du 11 février 2005",
        "non conforme au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2",
        "Résultats des tests", "Contenus non accessibles", "Non-conformités",
        "Dérogations pour charge disproportionnée", "Contenus qui ne sont pas soumis à l’obligation",
        "Établissement de cette déclaration", "Retour d’information et contact", "Voies de recours",
        "Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07",
        ],
    "/donnees-personnelles/": [
        "mission d’intérêt public (article 6.1.e du règlement général", "délégué ou à la déléguée à la protection des données",
        "10 ans après sa clôture", "2 ans après la fin du délai de recours", "CNIL",
    ],
    "/cookies/": ["sessionid", "csrftoken", "messages", "la loi n’exige pas votre accord"],
    "/mentions-legales/": ["Éditeur", "Direction de la publication", "Hébergement", "04 90 16 15 00"],
}  # fmt: skip


def test_legal_pages_say_what_the_law_wants(client, site):
    texts = {url: text_of(client.get(url).content.decode()) for url in LEGAL}
    assert [(url, phrase) for url, phrases in LEGAL.items() for phrase in phrases if phrase not in texts[url]] == []


def test_public_pages_set_no_cookie(client, site):
    for url in ("/", ROADMAP, "/appels-a-projets/", "/cookies/"):
        assert dict(client.get(url).cookies) == {}
