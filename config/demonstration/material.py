"""Words with which the demonstration makes plausible organisations, projects and people. All of it is fictitious."""

FIRST_NAMES = (
    "Amina", "Bruno", "Camille", "Denis", "Élodie", "Farid", "Gisèle", "Hugo", "Inès", "Jules", "Karima", "Louis", "Mireille",
    "Nadia", "Olivier", "Pascale", "Quentin", "Rachel", "Samir", "Thérèse", "Ugo", "Valérie", "Walid", "Xavier", "Yasmine", "Zoé",
)  # fmt: skip
WOMEN = frozenset(
    {
        "Amina",
        "Camille",
        "Élodie",
        "Gisèle",
        "Inès",
        "Karima",
        "Mireille",
        "Nadia",
        "Pascale",
        "Rachel",
        "Thérèse",
        "Valérie",
        "Yasmine",
        "Zoé",
    }
)
LAST_NAMES = (
    "Arnaud", "Barthélemy", "Chabert", "Delmas", "Espinasse", "Fabre", "Giraud", "Hamidi", "Isnard", "Jourdan", "Kaci", "Laugier",
    "Mistral", "Nguyen", "Olivieri", "Pons", "Quintana", "Reynaud", "Saurel", "Tardieu", "Vial", "Ziani",
)  # fmt: skip

# {commune}: « à Apt », « au Thor », « aux Taillades »; {of}: « d’Apt », « du Thor », « des Taillades ».
ORGANISATIONS = (
    ("Les Ateliers connectés {of}", "ateliers"),
    ("Maison des services et du numérique {of}", "maison"),
    ("Foyer rural {of}", "foyer"),
    ("Centre social L’Olivier {of}", "centre"),
    ("Clic et partage {commune}", "clic"),
    ("La Ressourcerie des ocres {of}", "ressourcerie"),
    ("Emploi et solidarité {of}", "emploi"),
    ("L’Écrivain public {of}", "ecrivain"),
    ("Les Seniors en ligne {of}", "seniors"),
    ("La Fabrique numérique {of}", "fabrique"),
    ("Familles et écrans {of}", "familles"),
    ("Le Fil solidaire {of}", "fil"),
    ("Tiers-lieu La Garance {of}", "tierslieu"),
)

PROJECTS = {
    "droits": (
        "Permanences d’écrivain public numérique {commune}",
        "Démarches accompagnées, droits ouverts {commune}",
        "Un aidant près de chez soi : accès aux droits {commune}",
        "Le bus des démarches en ligne autour {of}",
        "Accueil numérique des personnes isolées {commune}",
    ),
    "parcours": (
        "Parcours numérique des seniors {commune}",
        "Du premier clic à l’autonomie {commune}",
        "Ateliers numériques pour les parents {commune}",
        "Repérer, orienter, accompagner : le parcours usager {commune}",
        "Numérique et retour à l’emploi {commune}",
        "Jeunes médiateurs, aînés connectés {commune}",
    ),
    "materiel": (
        "Atelier solidaire de reconditionnement {commune}",
        "Un ordinateur pour chacun : collecte et don {commune}",
        "Collecte et seconde vie du matériel informatique {commune}",
        "Ordinateurs reconditionnés pour les familles {commune}",
    ),
}

# Found in the key and label of a question, in this order; the last one serves whatever is not foreseen.
TEXTS = {
    "presentation": "L’association, née il y a une douzaine d’années {place}, accueille chaque semaine des habitants de tous âges : "
    "permanences d’accès aux droits, ateliers et prêt de matériel. Elle est animée par des bénévoles et une petite équipe salariée, "
    "et travaille avec le centre communal d’action sociale et France Services.",
    "affiliation": "Fédération des centres sociaux et socioculturels de Vaucluse. Agrément « jeunesse et éducation populaire ».",
    "objectif": "Que {people} personnes sachent faire seules, ou avec une aide choisie, les démarches dont elles ont besoin. Que les "
    "professionnels sachent vers qui les orienter. Que le matériel prêté reste à celles qui n’en ont pas.",
    "budget": "Les charges de personnel couvrent la médiatrice numérique, {sessions} séances et leur préparation. Les achats sont "
    "des fournitures et du petit matériel reconditionné. Les cofinancements des communes et des organismes sociaux sont demandés ; "
    "la réponse est attendue avant le démarrage.",
    "suite": "Les bénévoles formés continueront les permanences. La commune étudie la reprise du poste dans le projet social.",
    "besoin": "À {name}, de nombreux habitants renoncent à leurs démarches parce qu’elles se font en ligne. Les permanences de "
    "France Services et de l’Espace départemental des solidarités reçoivent chaque semaine des personnes qui n’ont ni matériel ni "
    "habitude du numérique. Le diagnostic mené avec la mairie et le centre communal d’action sociale a compté {people} personnes "
    "concernées, surtout des seniors isolés, des bénéficiaires du RSA et des familles monoparentales.",
    "description": "Le projet propose {sessions} séances en petits groupes et des rendez-vous individuels, animés par une médiatrice "
    "numérique et des bénévoles formés. Les séances se tiennent dans un lieu connu des habitants, accessible en transport, et se "
    "déplacent dans deux communes voisines. Chaque personne avance à son rythme, du premier contact à l’autonomie.",
    "public": "Personnes de plus de 60 ans, bénéficiaires du RSA, demandeurs d’emploi et parents éloignés du numérique. "
    "{people} personnes sont attendues, dont une majorité de femmes. L’accueil est gratuit.",
    "partenaires": "La mairie prête la salle. France Services oriente les habitants. La conseillère numérique de l’intercommunalité "
    "coanime une séance par mois. La caisse d’allocations familiales et la mission locale relaient l’information.",
    "moyens": "Une médiatrice numérique à temps partiel, trois bénévoles formés, dix ordinateurs portables reconditionnés, un "
    "vidéoprojecteur et une connexion mobile pour les séances hors les murs.",
    "calendrier": "Préparation et communication le premier mois, séances pendant neuf mois, bilan avec les partenaires le dernier "
    "mois.",
    "evaluation": "Un questionnaire simple au début et à la fin du parcours, le nombre de démarches menées à bien, et une réunion "
    "de bilan avec les partenaires. Les résultats seront partagés avec le réseau départemental.",
    "sobriete": "Le matériel est reconditionné, prêté d’un groupe à l’autre, puis donné aux familles. Les supports sont imprimés à "
    "la demande.",
    "": "L’association s’appuie sur son expérience du territoire et sur ses bénévoles. Elle travaille avec les partenaires locaux "
    "et rend compte chaque trimestre.",
}

STRENGTHS = (
    "Le diagnostic est précis et chiffré.",
    "Les partenaires locaux sont bien associés.",
    "Les moyens humains sont adaptés au projet.",
    "Le lieu est connu des publics visés.",
    "Les indicateurs permettront de mesurer les résultats.",
)
WEAKNESSES = (
    "Le besoin mériterait d’être mieux quantifié.",
    "Le calendrier est peu détaillé.",
    "Les cofinancements restent à confirmer.",
    "L’articulation avec France Services n’est pas décrite.",
    "La suite du projet après la subvention est peu développée.",
)
APPRECIATIONS = {
    "good": "Projet solide, ancré dans son territoire, porté par une équipe expérimentée.",
    "fair": "Projet utile ; la méthode et le budget peuvent être précisés.",
    "weak": "L’intention est bonne, mais le projet n’est pas assez abouti pour être financé en l’état.",
}
RESERVATIONS = "Sous réserve de confirmer les cofinancements avant le démarrage."

JURORS = (
    # first name, last name, body, quality, job title
    ("Geneviève", "Roussel", "Département de Vaucluse", "elected", "Vice-présidente chargée des solidarités"),
    ("Patrick", "Allemand", "Département de Vaucluse", "elected", "Conseiller départemental"),
    ("Sophie", "Marchetti", "Préfecture de Vaucluse", "partner", "Chargée de mission inclusion numérique"),
    ("Youssef", "Benali", "Caisse d’allocations familiales", "partner", "Responsable de l’accès aux droits"),
    ("Claire", "Dumas", "Mutualité sociale agricole", "partner", "Conseillère en développement social"),
    ("Étienne", "Gras", "Caisse primaire d’assurance maladie", "partner", "Responsable de l’accompagnement"),
    ("Nathalie", "Vidal", "Direction de l’action sociale", "technician", "Cheffe de service"),
    ("Romain", "Lopez", "Direction du numérique", "technician", "Chef de projet"),
    ("Marie-Ange", "Colin", "Conseil des usagers", "user", "Représentante des usagers"),
    ("Denise", "Fournier", "France Travail", "partner", "Directrice adjointe"),
    ("Alain", "Peyre", "La Poste", "partner", "Délégué aux relations territoriales"),
    ("Leïla", "Mansouri", "Réseau des conseillers numériques", "technician", "Animatrice départementale"),
)
OFFICERS = (("Hélène", "Barral", "Chargée de mission inclusion numérique"), ("Marc", "Tissot", "Instructeur"))
