"""Parallel sentence grammar in four languages: every draw yields the same meaning in en, de, es and fr.

So one grammar serves transcription (text in the spoken language) and translation (its English line).

usage: grammar.py   prints eight draws
"""
import random

LANGS = ("en", "de", "es", "fr")

SUBJECTS = [
    ("the black dog", "der schwarze Hund", "el perro negro", "le chien noir"),
    ("the white cat", "die weiße Katze", "el gato blanco", "le chat blanc"),
    ("my brother", "mein Bruder", "mi hermano", "mon frère"),
    ("my sister", "meine Schwester", "mi hermana", "ma sœur"),
    ("the old man", "der alte Mann", "el hombre viejo", "le vieil homme"),
    ("the young woman", "die junge Frau", "la mujer joven", "la jeune femme"),
    ("the teacher", "der Lehrer", "el profesor", "le professeur"),
    ("the doctor", "der Arzt", "el médico", "le médecin"),
    ("our neighbor", "unser Nachbar", "nuestro vecino", "notre voisin"),
    ("the little girl", "das kleine Mädchen", "la niña pequeña", "la petite fille"),
    ("the captain", "der Kapitän", "el capitán", "le capitaine"),
    ("the engineer", "der Ingenieur", "el ingeniero", "l'ingénieur"),
    ("everybody", "jeder", "todo el mundo", "tout le monde"),
    ("the president", "der Präsident", "el presidente", "le président"),
    ("a good friend", "ein guter Freund", "un buen amigo", "un bon ami"),
    ("the quiet student", "der stille Student", "el estudiante tranquilo", "l'étudiant tranquille"),
]
ACTIONS = [
    ("is sleeping in the garden", "schläft im Garten", "duerme en el jardín", "dort dans le jardin"),
    ("is reading a long book", "liest ein langes Buch", "lee un libro largo", "lit un long livre"),
    ("drinks a cup of coffee", "trinkt eine Tasse Kaffee", "toma una taza de café", "boit une tasse de café"),
    ("is waiting at the station", "wartet am Bahnhof", "espera en la estación", "attend à la gare"),
    ("works in the big city", "arbeitet in der großen Stadt", "trabaja en la gran ciudad", "travaille dans la grande ville"),
    ("buys fresh bread", "kauft frisches Brot", "compra pan fresco", "achète du pain frais"),
    ("is writing a letter", "schreibt einen Brief", "escribe una carta", "écrit une lettre"),
    ("opens the red door", "öffnet die rote Tür", "abre la puerta roja", "ouvre la porte rouge"),
    ("sings a beautiful song", "singt ein schönes Lied", "canta una canción bonita", "chante une belle chanson"),
    ("is looking for the keys", "sucht die Schlüssel", "busca las llaves", "cherche les clés"),
    ("goes to the beach", "geht zum Strand", "va a la playa", "va à la plage"),
    ("is cooking dinner", "kocht das Abendessen", "prepara la cena", "prépare le dîner"),
    ("plays the guitar", "spielt Gitarre", "toca la guitarra", "joue de la guitare"),
    ("is watching the birds", "beobachtet die Vögel", "mira los pájaros", "regarde les oiseaux"),
    ("closes the window", "schließt das Fenster", "cierra la ventana", "ferme la fenêtre"),
    ("speaks very slowly", "spricht sehr langsam", "habla muy despacio", "parle très lentement"),
]
TIMES = [
    ("on monday", "am Montag", "el lunes", "lundi"),
    ("on tuesday morning", "am Dienstagmorgen", "el martes por la mañana", "mardi matin"),
    ("on friday evening", "am Freitagabend", "el viernes por la tarde", "vendredi soir"),
    ("every day", "jeden Tag", "todos los días", "tous les jours"),
    ("before lunch", "vor dem Mittagessen", "antes de comer", "avant le déjeuner"),
    ("after work", "nach der Arbeit", "después del trabajo", "après le travail"),
    ("tonight", "heute Nacht", "esta noche", "cette nuit"),
    ("in the winter", "im Winter", "en invierno", "en hiver"),
    ("in the summer", "im Sommer", "en verano", "en été"),
    ("at midnight", "um Mitternacht", "a medianoche", "à minuit"),
]
PHRASES = [
    ("good morning", "guten Morgen", "buenos días", "bonjour"),
    ("thank you very much", "vielen Dank", "muchas gracias", "merci beaucoup"),
    ("how are you today", "wie geht es Ihnen heute", "cómo está usted hoy", "comment allez-vous aujourd'hui"),
    ("see you tomorrow", "bis morgen", "hasta mañana", "à demain"),
    ("the weather is nice", "das Wetter ist schön", "hace buen tiempo", "il fait beau"),
    ("it is raining again", "es regnet wieder", "llueve otra vez", "il pleut encore"),
    ("please turn on the light", "bitte mach das Licht an", "por favor enciende la luz", "allume la lumière s'il te plaît"),
    ("where is the library", "wo ist die Bibliothek", "dónde está la biblioteca", "où est la bibliothèque"),
    ("I do not understand", "ich verstehe nicht", "no entiendo", "je ne comprends pas"),
    ("that is a great idea", "das ist eine tolle Idee", "es una gran idea", "c'est une excellente idée"),
]
DIGITS = [
    ("zero", "null", "cero", "zéro"), ("one", "eins", "uno", "un"), ("two", "zwei", "dos", "deux"),
    ("three", "drei", "tres", "trois"), ("four", "vier", "cuatro", "quatre"), ("five", "fünf", "cinco", "cinq"),
    ("six", "sechs", "seis", "six"), ("seven", "sieben", "siete", "sept"), ("eight", "acht", "ocho", "huit"),
    ("nine", "neun", "nueve", "neuf"),
]
NUMBER_LEADS = [
    ("my phone number is", "meine Telefonnummer ist", "mi número de teléfono es", "mon numéro de téléphone est"),
    ("the secret code is", "der geheime Code ist", "el código secreto es", "le code secret est"),
    ("we need room", "wir brauchen Zimmer", "necesitamos la habitación", "il nous faut la chambre"),
]


def capitalize(text: str) -> str:
    return text[0].upper() + text[1:]


def draw_parts(rng: random.Random) -> list[tuple[str, ...]]:
    """The phrases of one sentence, each in all four languages."""
    kind = rng.random()
    if kind < 0.62:
        parts = [rng.choice(SUBJECTS), rng.choice(ACTIONS)]
        if rng.random() < 0.6:
            parts.append(rng.choice(TIMES))
        return parts
    if kind < 0.8:
        return [rng.choice(NUMBER_LEADS)] + [rng.choice(DIGITS) for _ in range(rng.randint(2, 5))]
    parts = [rng.choice(PHRASES)]
    if parts[0][0] not in ("how are you today", "where is the library") and rng.random() < 0.4:
        parts.append(rng.choice(TIMES[:3] + TIMES[6:7]))
    return parts


def draw(rng: random.Random) -> dict[str, str]:
    """One sentence as {lang: text}, capitalised and closed by a full stop or question mark."""
    parts = draw_parts(rng)
    close = "?" if parts[0][0].startswith(("how", "where")) else "."
    return {lang: capitalize(" ".join(p[i] for p in parts)) + close for i, lang in enumerate(LANGS)}


if __name__ == "__main__":
    demo_rng = random.Random(1)
    for _ in range(8):
        print(draw(demo_rng))
