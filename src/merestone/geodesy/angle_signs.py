"""The signs of degrees, minutes and seconds in print, and the patterns that angles and their damage follow."""

from __future__ import annotations

import re

DEG = "(?:[°º˚⁰∘度]|o(?![a-z]))"
MIN = "['’′´‘`ʹʼ分]"
SEC = "(?:[\"”″“ʺ˝]{1,2}|['’′´‘`ʹʼ]{2}|秒)"
ANY_SIGN = "[°º˚⁰∘度'’′´‘`ʹʼ分\"”″“ʺ˝秒]"
# What may follow decimals that stand apart from their sign (`05´´, 2 Sur`): the end, punctuation, a hemisphere.
HEMISPHERE = (
    r"(?:[NSEWOLØÖ](?![a-z])|[北南东西]|(?i:nor|sou|sur\b|sud|est|eas|wes|oes|oue|ost|lat|lon|de\s+lat|de\s+lon|of\s+l|"
    r"[сc]\.?\s?ш|ю\.?\s?ш|в\.?\s?д|з\.?\s?д|сев|южн|вост|зап))"
)
TIGHT = rf"[.,](?P<{{0}}>[0-9]+)(?!\s*(?:[0-9]|[.,][0-9]|{DEG}|{ANY_SIGN}))"
LOOSE = rf"\s?[.,]\s(?P<{{0}}>[0-9]{{{{1,3}}}})(?=\s*(?:$|[;)\]]|[.,](?![0-9])|-(?![0-9])|{HEMISPHERE}))"

SIGNS = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,·⋅‧](?P<df>[0-9]+)|\s?(?P<dh>[½¼¾]))?\s*{DEG}"
    rf"(?:\s*(?P<m>[0-9]+)(?:[.,·⋅‧](?P<mf>[0-9]+)|\s?(?P<mh>[½¼¾]))?\s*{MIN}(?!{MIN})"
    rf"(?:\s*(?P<s>[0-9]+)(?:[.,·⋅‧](?P<sf>[0-9]+)|\s?(?P<sh>[½¼¾]))?(?:\s*{SEC}(?:{TIGHT.format('st')}|{LOOSE.format('sl')})?"
    rf"|(?=(?P<bare>[NSEWO](?![a-z]))))"
    rf"|{TIGHT.format('mt')}|{LOOSE.format('ml')})?)?"
)
JOIN = r"\s*(?:,\s*)?(?:(?:and|y|et|e|und|og|en|и)\s+)?"
_DEGREES = (
    r"(?i:degr[eé]e?s?|deg|grados?|gradi|graus?|grader|graden|grad(?=\s*[0-9.,]+\s*Min)|градус\w{0,3}"
    rf"|град(?=\.|\s*[0-9.,]+\s*(?:мин|{MIN})))(?![^\W\d])\.?"
)
_MINUTES = rf"(?:(?i:minutes?|minutos?|minuti|minuten|minutter|min|минут[^\W\d]?|мин)(?![^\W\d])\.?|{MIN}(?!{MIN}))"
_SECONDS = rf"(?:(?i:seconds?|secondes?|segundos?|secondi|sekunden|sekunder|sec|sek|секунд\w?|сек)\b\.?|{SEC})"
WORDS = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,](?P<df>[0-9]+))?\s*(?:{_DEGREES}|{DEG})"
    rf"(?:{JOIN}(?P<m>[0-9]+)(?:[.,](?P<mf>[0-9]+))?\s*{_MINUTES}"
    rf"(?:{JOIN}(?P<s>[0-9]+)(?:[.,](?P<sf>[0-9]+))?\s*{_SECONDS})?)?"
)
"""An angle spelled out or abbreviated; words and signs may stand beside each other (69 град. 47' 41.42")."""
_G_SIGN = r"(?:g|(?i:gr|gra?ds?|grades?))"
GONS = re.compile(r"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,·⋅‧](?P<df>[0-9]+))?\s*(?:gons?(?![\w°])|ᵍ)")
"""A number of gons by a sign that means nothing else."""
CENTESIMAL = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)\s*(?:ᵍ|gons?|{_G_SIGN})\.?\s*(?P<m>[0-9]{{1,2}})(?:[.,·⋅‧](?P<mf>[0-9]+))?\s*(?:ᶜ(?!ᶜ)|c(?![\w°]))"
    rf"(?:\s*(?P<s>[0-9]{{1,2}})(?:[.,·⋅‧](?P<sf>[0-9]+))?\s*(?:ᶜᶜ|cc(?![\w°])))?"
)
"""Gons with their hundredths (c) and ten thousandths (cc), which degrees do not have."""
LETTER_G = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,·⋅‧](?P<df>[0-9]+))?\s*{_G_SIGN}(?:\.(?!\w)|(?=[NSEWO](?![a-z]))|(?![\w°]))"
)
"""A number with the letter g, or a word that is gons in one language and degrees in another."""
G_WITH_MINUTES = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?P<df>(?!))?\s*{_G_SIGN}\.?{JOIN}(?P<m>[0-9]+)(?:[.,](?P<mf>[0-9]+))?\s*{_MINUTES}"
    rf"(?:{JOIN}(?P<s>[0-9]+)(?:[.,](?P<sf>[0-9]+))?\s*{_SECONDS})?"
)
"""The same with minutes: sixtieths behind degrees, hundredths behind gons."""
BARE = re.compile(r"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.·⋅‧](?P<df>[0-9]+))?")

NUMBER_AFTER = re.compile(
    rf"\s*(?P<n>(?:[0-9]{{1,3}}(?:[ \xa0\u2009\u202f][0-9]{{3}}(?![0-9]))+|[0-9]+)(?:[.,][0-9]+)?)(?P<next>\s*(?:$|{HEMISPHERE}|{ANY_SIGN}|[0-9;)\]]))?"
)
RUN_TOGETHER = re.compile(
    rf"[+\-−]?(?P<run>[0-9]+)(?P<mf>[.,][0-9]+)?\s*{MIN}(?:\s*(?P<s>[0-9]{{1,2}}(?:[.,][0-9]+)?)\s*{SEC})?"
)
DAMAGED = re.compile(rf"{DEG}\s*(?P<d>[0-9]*?)(?P<m>[0-9]{{1,2}})\s*{MIN}(?:\s*(?P<s>[0-9]+(?:[.,][0-9]+)?)\s*{SEC})?")
SEPARATOR = r"(?:\s*,\s*|\s+|\s*[-–:]\s*)"
GROUPS = re.compile(
    rf"(?P<open>\(\s*)?(?P<first>[0-9]{{1,3}}){SEPARATOR}(?P<second>[0-9]{{1,2}}){SEPARATOR}(?P<third>[0-9]{{1,3}})"
    rf"(?:(?P<tail>\.[0-9]+)|{SEPARATOR}(?P<fourth>[0-9]{{1,3}}))?(?![0-9])(?!\s*(?:{ANY_SIGN}|{DEG}))(?:\s*\))?"
)
_SECONDS_OF_GROUPS = r"(?P<s>[0-9]{2})(?:[.,](?P<sf>[0-9]+))?(?![0-9.:–-])"
DECLARED_GROUPS = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]{{1,3}})(?P<between>\s*[-–:]\s*|\s+)(?P<m>[0-9]{{1,2}})(?P=between){_SECONDS_OF_GROUPS.replace('{2}', '{1,2}')}"
)
"""Three groups with one separator, where the text declares that they are degrees, minutes and seconds."""
PACKED_GROUPS = re.compile(rf"(?P<sign>[+\-−])?(?P<d>[0-9]{{2,3}})(?P<m>[0-9]{{2}}){_SECONDS_OF_GROUPS}")
"""The same without separators: six or seven digits, as in `373206N 0814644E`."""
COMMA = re.compile(r"(?P<sign>[+\-−])?(?P<d>[0-9]+),(?P<df>[0-9]+)")
