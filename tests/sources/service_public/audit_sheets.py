"""Official sheets that we wrote for the audit: every element that the library has, and no word twice.

Each `#` becomes another number, so that a sentence or a target that goes missing cannot hide behind an equal one.
"""

from __future__ import annotations

import re
from itertools import count

SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

_CORE = (
    "<dc:title>Titre #</dc:title><dc:creator>Auteur #</dc:creator><dc:subject>Sujet #</dc:subject>"
    "<dc:description>Description #</dc:description><dc:publisher>Éditeur #</dc:publisher>"
    "<dc:contributor>Contributeur #</dc:contributor><dc:date>modified 2020-11-12</dc:date><dc:type>Sorte #</dc:type>"
    "<dc:format>Format #</dc:format><dc:identifier>Identifiant #</dc:identifier><dc:source>Source #</dc:source>"
    "<dc:language>Langue #</dc:language><dc:relation>Relation #</dc:relation><dc:coverage>France #</dc:coverage>"
    "<dc:rights>Droits #</dc:rights><SurTitre>Surtitre #</SurTitre><Audience>Public #</Audience>"
    "<Canal>Canal #</Canal><Cible>Cible #</Cible>"
    '<FilDAriane><Niveau ID="Accueil#">Accueil #</Niveau><Niveau ID="N#" type="Theme#">Niveau #</Niveau></FilDAriane>'
    '<Theme ID="N#"><Titre>Thème #</Titre></Theme><SousThemePere ID="N#">Sous-thème #</SousThemePere>'
    '<DossierPere ID="N#"><Titre>Dossier #</Titre><SousDossier ID="N#-1"><Titre>Partie #</Titre>'
    '<Fiche ID="F#">Fiche #</Fiche><Fiche ID="F#">Fiche #</Fiche></SousDossier></DossierPere>'
    "<SousDossierPere>Partie #</SousDossierPere>"
)

_SENTENCE = (
    "<Paragraphe>Phrase # avec <MiseEnEvidence>fort # et <LienInterne LienPublication='F#' type='Fiche#' "
    "audience='Public#'>lien #</LienInterne></MiseEnEvidence>, <LienIntra LienID='R#' type='Définition de "
    "glossaire#'>mot #</LienIntra>, <LienExterne URL='https://exemple.fr/#' format='pdf#' poids='# Ko' "
    "langue='en#'>site #</LienExterne> : <Valeur>#\u00a0€</Valeur> le 1<Exposant>er</Exposant># "
    "<Citation>cité #</Citation> <TermeEtranger langue='la#'>terme #</TermeEtranger> <Expression>dit #</Expression> "
    "<Variable>à remplir #</Variable> H<Indice>2</Indice># fin.</Paragraphe>"
)

_CONTACT = (
    "<OuSAdresser ID='R#' sve='non#' type='Local personnalisable #'><Titre>Bureau #</Titre>"
    "<Complement>Complément #</Complement><PivotLocal>pivot_#</PivotLocal>"
    "<RessourceWeb URL='https://bureau.fr/#'/><Source ID='R#'>Ministère #</Source>"
    "<Texte><Chapitre><Titre><Paragraphe>Par téléphone #</Paragraphe></Titre><Paragraphe>Numéro #</Paragraphe>"
    "</Chapitre></Texte></OuSAdresser>"
)

_SERVICE = (
    "<ServiceEnLigne ID='R#' URL='https://service.fr/#' type='Formulaire #' numerocerfa='#*01' autrenumero='S#' "
    "format='pdf#' poids='# Ko' langue='fr#' commentaireLien='ligne #'><Titre>Formulaire #</Titre>"
    "<Source ID='R#'>Direction #</Source><Introduction><Texte><Paragraphe>Permet # de demander.</Paragraphe>"
    "</Texte></Introduction><NoticeLiee ID='R#' URL='https://notice.fr/#' type='Notice #' numerocerfa='#*02' "
    "format='pdf#' poids='# Ko'>Notice #</NoticeLiee><ServiceEnLigneAnnexe type='Formulaire #' numerocerfa='#*03'>"
    "<Titre>Annexe #</Titre><Texte><Paragraphe>Avec # pièces.</Paragraphe></Texte><LienWeb "
    "URL='https://annexe.fr/#' format='pdf#' poids='# Ko'/></ServiceEnLigneAnnexe></ServiceEnLigne>"
)

_BLOCKS = (
    f"{_SENTENCE}<Liste type='puce'><Item><Condition><ou><estVrai var='T#'/><estIndefini var='T#'/></ou></Condition>"
    "<Paragraphe>Point #</Paragraphe><Liste type='numero'><Item><Paragraphe>Sous-point #</Paragraphe></Item><Item>"
    "<Paragraphe>Sous-point #</Paragraphe></Item></Liste><Paragraphe>Suite # du point</Paragraphe></Item><Item>"
    "<Paragraphe>Point #</Paragraphe></Item></Liste>"
    "<Tableau><Titre>Tableau #</Titre><Resume>Résumé #</Resume><Colonne largeur='#' type='header'/>"
    "<Colonne largeur='#' type='normal'/>"
    "<Rangée type='header'><Cellule><Paragraphe>Tête #</Paragraphe></Cellule><Cellule><Paragraphe>Tête #</Paragraphe>"
    "</Cellule></Rangée><Rangée type='normal'><Cellule fusionVerticale='2'><Paragraphe>Case #</Paragraphe></Cellule>"
    "<Cellule><Liste type='puce'><Item><Paragraphe>Dans la case #</Paragraphe></Item></Liste></Cellule></Rangée>"
    "<Rangée type='normal'><Cellule><Paragraphe>Case #</Paragraphe></Cellule></Rangée></Tableau>"
    + "".join(
        f"<{name}><Titre>Encadré #</Titre><Paragraphe>le texte # de l'encadré</Paragraphe></{name}>"
        for name in ("ANoter", "ASavoir", "Attention", "Rappel", "Exemple")
    )
    + "<FragmentConditionne><Condition><et><estVrai var='T#'/><estVrai var='T#'/></et></Condition><Paragraphe>Pour "
    f"certains #</Paragraphe></FragmentConditionne>{_CONTACT}{_SERVICE}"
    "<ContenuIllustre positionIllustration='droite#'><Contenu><Paragraphe>Illustré #</Paragraphe></Contenu>"
    "<Illustration LienPublication='I#.jpg' langue='fr#' poids='#' format='jpeg#' type='Image#' "
    "redimensionnable='oui#'><Legende><Paragraphe>Légende #</Paragraphe></Legende><Credits><Paragraphe>Crédits #"
    "</Paragraphe></Credits><TexteDeRemplacement>Image # décrite</TexteDeRemplacement></Illustration></ContenuIllustre>"
    "<Image LienPublication='I#.png' langue='fr#'><TexteDeRemplacement>Dessin #</TexteDeRemplacement><Description>"
    "<Paragraphe>Détails #</Paragraphe></Description></Image>"
    "<Nouveaute code='#'><Titre>Élément jamais vu #</Titre><Paragraphe>Avec # texte</Paragraphe></Nouveaute>"
)

_QUESTIONS = (
    "<BlocCas affichage='onglet' personnalisable='oui#'><Cas type='enLigne#'><Titre>Cas #</Titre><Condition><estVrai "
    "var='T#'/></Condition><Introduction><Paragraphe>Début # du cas</Paragraphe></Introduction><Paragraphe>Réponse #"
    "</Paragraphe><BlocCas affichage='radio'><Cas><Titre>Dedans #</Titre><Paragraphe>Réponse #</Paragraphe></Cas>"
    "<Cas><Titre>Dedans #</Titre><Paragraphe>Réponse #</Paragraphe></Cas></BlocCas><Paragraphe>Après # la question"
    "</Paragraphe></Cas><Cas><Titre>Cas #</Titre><Liste type='puce'><Item><Paragraphe>Réponse #</Paragraphe></Item>"
    "</Liste></Cas></BlocCas><Paragraphe>Pour tous #</Paragraphe>"
)

_STEPS = (
    "<Chapitre type='pieces#' ID='T#'><Titre><Paragraphe>Chapitre #</Paragraphe></Titre><TitreAlternatif>Autrement #"
    f"</TitreAlternatif><Condition><estVrai var='T#'/></Condition>{_BLOCKS}</Chapitre><Chapitre><Titre><Paragraphe>"
    f"Chapitre #</Paragraphe></Titre>{_QUESTIONS}<SousChapitre type='important#'><Titre><Paragraphe>Partie #"
    "</Paragraphe></Titre><Paragraphe>Texte # de la partie</Paragraphe></SousChapitre><SousChapitre><Titre>"
    "<Paragraphe>Partie #</Paragraphe></Titre><Paragraphe>Texte # de la partie</Paragraphe></SousChapitre></Chapitre>"
)

_AROUND = (
    "<VoirAussi important='non#'><Fiche ID='F#' audience='Public#'><Titre>Voir #</Titre><Theme ID='N#'><Titre>Thème #"
    "</Titre></Theme></Fiche><Dossier ID='N#' audience='Public#'><Titre>Voir #</Titre></Dossier></VoirAussi>"
    f"{_CONTACT}"
    "<Reference type='Texte #' URL='https://loi.fr/#' ID='R#' format='pdf#' poids='# Ko'><Titre>Loi #</Titre>"
    "<Complement>Article #</Complement><Source ID='R#'>Journal #</Source></Reference><Reference type='Texte #' "
    "URL='https://loi.fr/#' ID='R#'><Titre>Loi #</Titre><Complement>Article #</Complement></Reference>"
    f"{_SERVICE}"
    "<PourEnSavoirPlus type='Information #' ID='R#' URL='https://plus.fr/#' audience='Public#'><Titre>En savoir plus #"
    "</Titre><Source ID='R#'>Agence #</Source></PourEnSavoirPlus>"
    "<Definition ID='R#'><Titre>Défini #</Titre><Texte><Paragraphe>Ce que c'est #</Paragraphe></Texte></Definition>"
    "<Definition ID='R#'><Titre>Défini #</Titre><Texte><Paragraphe>Ce que c'est #</Paragraphe></Texte></Definition>"
    "<Abreviation ID='R#' type='Sigle #'><Titre>SIGLE#</Titre><Texte><Paragraphe>En entier #</Paragraphe></Texte>"
    "</Abreviation><QuestionReponse ID='F#' audience='Public#'>Question # fréquente</QuestionReponse>"
    "<CommentFaireSi ID='F#' audience='Public#'>Que faire si # arrive</CommentFaireSi>"
)


def _numbered(text: str) -> bytes:
    numbers = count(1001)
    return re.sub("#", lambda _: str(next(numbers)), text).encode()


def _sheet(key: str, body: str) -> bytes:
    return _numbered(
        f'<?xml version="1.0" encoding="UTF-8"?><Publication {SPACES} ID="{key}" type="Fiche #" '
        'spUrl="https://sp.fr/#" dateDerniereModificationImportante="2020-01-#" statut="neuf#" '
        f'xsi:noNamespaceSchemaLocation="../Schemas/3.3/Publication.xsd">{_CORE}{body}</Publication>'
    )


def a_question(number: int) -> str:
    """Write one question of a questionnaire."""
    return (
        f"<Question><Titre><Paragraphe>Demande {number} #</Paragraphe></Titre>"
        + "".join(
            "<Choix><Titre><Paragraphe>Choix #</Paragraphe></Titre><IntituleSiSelectionne><Paragraphe>Vous avez "
            "choisi #</Paragraphe></IntituleSiSelectionne><SiSelectionne><affecteVrai var='T#'/><affecteFaux "
            "var='T#'/></SiSelectionne></Choix>"
            for _ in range(2)
        )
        + "</Question>"
    )


SITUATIONS = _sheet(
    "F901",
    "<Avertissement ID='A#' date='2020-12-#'><Titre>Alerte #</Titre><Texte><Paragraphe>Les règles # changent"
    "</Paragraphe></Texte></Avertissement><Introduction><Texte><Paragraphe>En bref #</Paragraphe><Liste type='puce'>"
    "<Item><Paragraphe>Bref point #</Paragraphe></Item></Liste></Texte></Introduction>"
    f"<Questionnaire>{a_question(1)}{a_question(2)}</Questionnaire><Texte><Paragraphe>Commun #</Paragraphe></Texte>"
    "<ListeSituations affichage='onglet'><Titre>Situations #</Titre><Situation><Titre>Situation #</Titre><Condition>"
    "<estVrai var='T#'/></Condition><Introduction><Texte><Paragraphe>Ici #</Paragraphe></Texte></Introduction>"
    f"<Texte>{_STEPS}</Texte></Situation><Situation><Titre>Situation #</Titre><Texte><Paragraphe>Seul #</Paragraphe>"
    f"</Texte></Situation></ListeSituations>{_AROUND}",
)
"""A sheet with all that a sheet can hold."""

LINKS = _sheet(
    "F902",
    "<Texte><Chapitre><Titre><Paragraphe>Chapitre # <Exposant>e</Exposant></Paragraphe></Titre><Paragraphe>Simple #"
    "</Paragraphe></Chapitre></Texte>"
    + "<LienExterneCommente><Commentaire><Paragraphe>Commentaire #</Paragraphe></Commentaire><LienExterne "
    "URL='https://lien.fr/#'>Lien #</LienExterne><Source ID='R#'>Auteur #</Source></LienExterneCommente>"
    * 2
    + "<RechercheGuidee ID='F#' audience='Public#'><Titre><Paragraphe>**Interne #</Paragraphe></Titre>"
    "</RechercheGuidee>",
)
"""A sheet of links, which leads to a guided search."""


def a_branch(inside: str) -> str:
    """Write one answer of a guided search."""
    return (
        "<Branche><Titre><Paragraphe>Branche #</Paragraphe></Titre><Aide><Paragraphe>Aide #</Paragraphe></Aide>"
        f"<SiSelectionne><affecteVrai var='T#'/></SiSelectionne>{inside}</Branche>"
    )


_LEAF = "<LienInterne LienPublication='F#' type='Fiche #' audience='Public#'/>"

GUIDED = _sheet(
    "F903",
    "<Problematiques>"
    + (
        "<Problematique><Titre><Paragraphe>Problème #</Paragraphe></Titre><SiSelectionne><affecteVrai var='T#'/>"
        f"</SiSelectionne>{a_branch(_LEAF)}{a_branch(a_branch(_LEAF) + a_branch(_LEAF))}</Problematique>"
    )
    * 2
    + "</Problematiques>",
)
"""A guided search."""

MENU = _sheet(
    "N904",
    "<SousTheme ID='N#'><Titre>Sous-thème #</Titre><Dossier ID='N#'>Dossier #</Dossier><Dossier ID='N#'>Dossier #"
    "</Dossier></SousTheme><SousDossier ID='N#-2'><Titre>Groupe #</Titre><Fiche ID='F#'>Fiche #</Fiche><Fiche ID='F#'>"
    "Fiche #</Fiche></SousDossier><Introduction><Texte><Paragraphe>Ce dossier #</Paragraphe></Texte></Introduction>"
    "<Partenaire ID='R#' URL='https://partenaire.fr/#'>Partenaire #</Partenaire>",
)
"""A page of the menu."""

FORM = _numbered(
    f'<ServiceComplementaire {SPACES} ID="R905" type="Modèle de document" spUrl="https://sp.fr/#">{_CORE}'
    "<NumeroCerfa>#*01</NumeroCerfa><AutreNumero>A#</AutreNumero><Texte><Paragraphe>Je soussigné "
    "<Variable>nom #</Variable> demande #.</Paragraphe></Texte><LienWeb URL='https://modele.fr/#' format='pdf#' "
    "poids='# Ko'><Source ID='R#'>Ministère #</Source></LienWeb><NoticeLiee ID='R#' URL='https://notice.fr/#' "
    "type='Notice #'>Notice #</NoticeLiee><FicheLiee ID='F#' audience='Public#' type='Fiche #'><Titre>Fiche #</Titre>"
    "<Dossier ID='N#'>Dossier #</Dossier></FicheLiee><ServiceEnLigneAlternatif ID='R#' audience='Public#' type='Télé#'>"
    "<Titre>En ligne #</Titre></ServiceEnLigneAlternatif><OuSAdresserSupport ID='R#' type='Support#' "
    "audience='Public#'><Titre>Aide #</Titre><RessourceWeb URL='https://aide.fr/#'/></OuSAdresserSupport></ServiceComplementaire>"
)
"""The page of a letter to copy."""

SHEETS = {"F901.xml": SITUATIONS, "F902.xml": LINKS, "F903.xml": GUIDED, "N904.xml": MENU, "R905.xml": FORM}
