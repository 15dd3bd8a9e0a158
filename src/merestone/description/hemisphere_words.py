"""The words and abbreviations of latitude, longitude and the hemispheres, in the languages of the instruments.

Each is unambiguous in all of them. Letters alone are not: `merestone.description.hemisphere_letters` has those.
Source: Unicode CLDR 48, coordinate units in their long and short forms; the inflected forms are those of treaty texts.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from merestone.description.tree import Hemisphere

Axis: TypeAlias = Literal["latitude", "longitude"]

_WORDS: dict[Hemisphere, str] = {
    Hemisphere.NORTH: """
        n north norte nord northern nördlich nördliche nördlicher noord северной сев. 北纬 北緯 nordlig
        nordliga noorderbreedte norður norðurbreidd severně severní severnej severno severna severne
        sjeverno sjeverne sjever sever северно северне северна север північної північна паўночнай
        północnej północna pn. põhjalaiust šiaurės ziemeļu pohjoista pohjoisen északi kuzey veri βόρεια
        βόρειο βόρειου bắc utara kaskazini nordică 북위
    """,
    Hemisphere.SOUTH: """
        s south sur sud sul süd südlich südliche südlicher zuid syd southern южной южн. 南纬 南緯 sydlig
        sydliga sør sørlig zuiderbreedte suid suður jižně jižní južnej južno južna južne jug јужно јужне
        југ южна південної південна паўднёвай południowej południowa pd. lõunalaiust pietų dienvidu
        eteläistä déli güney νότια νότιο νότιου nam selatan kusini sudică 남위
    """,
    Hemisphere.EAST: """
        e east este est leste ost östlich östliche östlicher oost øst eastern восточной вост. 东经 東經 東経
        öst östra ostlig östlig østlig aust oosterlengte oos eystur austur východně východní východnej
        vzhodno vzhodna vzhodne istočno istočne istok источно источне исток източна изток східної східна
        усходняй wschodniej wschodnia wsch. idapikkust rytų austrumu itäistä keleti doğu lindje
        ανατολικά ανατολικό ανατολικού đông timur mashariki estică 동경
    """,
    Hemisphere.WEST: """
        w west oeste ouest ovest vest westlich westliche westlicher western западной зап. 西经 西經 西経 väst
        västlig vestlig oest westerlengte wes vestur západně západní západnej zahodno zahodna zahodne
        zapadno zapadne zapad западно западне запад западна західної західна заходняй zachodniej
        zachodnia zach. läänepikkust vakarų rietumu läntistä nyugati batı perëndim δυτικά δυτικό δυτικού
        tây barat magharibi vestică 서경
    """,
}
HEMISPHERES: dict[str, Hemisphere] = {
    word: hemisphere for hemisphere, words in _WORDS.items() for word in words.split()
}
"""What each word means, in lower case; with its full stop where it is never printed without."""

_AXIS_WORDS: dict[Axis, str] = {
    "latitude": """
        latitude latitud lat lat. latitudine широты широта 纬度 breite breedte bredde bredd šířky šířka
        šírky šírka širine širina ширине ширина шыраты широти szerokości szerokość szer. leveyttä leveys
        szélesség platuma platums platumos enlem gerësi πλάτος πλάτους lintang vĩ breiddar latitudinea
    """,
    "longitude": """
        longitude longitud lon lon. long long. longitudine долготы долгота 经度 länge lengte længde längd
        lengde délky délka dĺžky dĺžka dolžine dolžina dužine dužina дужине дужина дължина даўгаты
        довготи długości długość dł. pituutta pituus hosszúság garuma garums ilgumos boylam gjatësi
        μήκος μήκους bujur kinh lengdar
    """,
}
AXES: dict[str, Axis] = {word: axis for axis, words in _AXIS_WORDS.items() for word in words.split()}

_ABBREVIATIONS: dict[Hemisphere, str] = {
    Hemisphere.NORTH: "с.ш. n.br. n.b. s.š. s.g.š. с.г.ш. пн.ш. паўн.ш. é.sz. š.pl.",
    Hemisphere.SOUTH: "ю.ш. s.br. z.b. j.š. j.g.š. ј.г.ш. пд.ш. паўд.ш. d.sz. p.pl.",
    Hemisphere.EAST: "в.д. ö.l. o.l. ø.l. v.d. i.d. i.g.d. и.д. и.г.д. сх.д. усх.д. k.h. r.ilg.",
    Hemisphere.WEST: "з.д. w.l. v.l. z.d. z.g.d. з.г.д. зх.д. зах.д. ny.h. v.ilg.",
}
_JOINED = {"NB": Hemisphere.NORTH, "ZB": Hemisphere.SOUTH, "OL": Hemisphere.EAST, "WL": Hemisphere.WEST,
           "LU": Hemisphere.NORTH, "LS": Hemisphere.SOUTH, "BT": Hemisphere.EAST, "BB": Hemisphere.WEST}  # fmt: skip
"""Dutch (Noorderbreedte, Oosterlengte) and Indonesian (Lintang Utara, Bujur Timur), in capitals."""

ABBREVIATED = {
    **{key.replace(".", ""): hemisphere for hemisphere, keys in _ABBREVIATIONS.items() for key in keys.split()},
    **{key.lower(): hemisphere for key, hemisphere in _JOINED.items()},
}
"""What each abbreviation of two or three words means, in lower case, without its full stops and spaces."""


def _pattern(key: str) -> str:
    parts = [re.escape(part) for part in key.split(".") if part]
    return r"\.\s?".join(parts) + r"(?:\.|(?!\w))"


ABBREVIATION = "|".join(
    [
        *(
            f"(?i:{_pattern(key)})"
            for keys in _ABBREVIATIONS.values()
            for key in sorted(keys.split(), key=len, reverse=True)
        ),
        *(rf"{key}(?![\w.])" for key in _JOINED),
    ]
)
"""The pattern of an abbreviation."""


def abbreviated(printed: str) -> Hemisphere | None:
    """What a printed abbreviation means."""
    return ABBREVIATED.get("".join(printed.lower().replace(".", "").split()))
