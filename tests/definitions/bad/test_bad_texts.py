"""Texts that are wrong, and exactly what is said of each: the code, the place, the sentence."""

from __future__ import annotations

import pytest

from merestone.description.parser import parse

Case = tuple[str, str, tuple[str, ...]]

CASES: tuple[Case, ...] = (
    (
        "mistyped statement",
        "boundry «A - B»\n",
        ("S303 1:1-8 no statement begins with `boundry` [did you mean `boundary`?]",),
    ),
    (
        "a straight quotation mark without its like",
        'boundary "A - B\n',
        ('T111 1:10-11 no second `"` on this line closes a quotation that begins here [quote with «...» or “...”]',),
    ),
    (
        "seventy-five minutes for degrees",
        "point A at 75'N 102°00'W\n",
        ("C213 1:12-15 minutes stand where the degrees should: write 0° if none are meant [is 75° meant?]",),
    ),
    (
        "seventy-five minutes",
        "point A at 60°75'N 102°00'W\n",
        ("C210 1:15-17 75 minutes: minutes run from 0 to 59",),
    ),
    (
        "forgotten hemisphere",
        "point A at 60°00' 102°00'W\n",
        (
            "C220 1:12-18 the latitude 60°00' has no hemisphere: N or S? [write 60°00'N or 60°00'S, or say for the whole text what `coordinates without letters are`]",
        ),
    ),
    (
        "hemisphere printed as a dash",
        "point Mouth at 25° 22´ 05´´, 2 Latitud - 57° 38´ 57´´, 6 Longitud -\n",
        (
            "C220 1:16-41 the hemisphere of the latitude 25° 22´ 05´´, 2 is printed as `-`: N or S? [write 25° 22´ 05´´, 2 N or 25° 22´ 05´´, 2 S]",
        ),
    ),
    (
        "swapped latitude and longitude",
        "point A at 102°00'N 60°00'W\n",
        (
            "C222 1:12-20 a latitude of 102°00' is beyond the pole: are latitude and longitude swapped? [is 60°00'N 102°00'W meant?]",
        ),
    ),
    (
        "swapped without letters",
        "coordinates without letters are north, east\npoint A at 102°00' 60°00'\n",
        (
            "C222 2:12-19 a latitude of 102°00' is beyond the pole: are latitude and longitude swapped? [is 60°00'N 102°00'E meant?]",
        ),
    ),
    (
        "two latitudes",
        "point A at 60°00'N 102°00'N\n",
        ("C221 1:12-28 both coordinates are latitudes [is the other a mistyped letter (E or W): 60°00'N 102°00'E?]",),
    ),
    (
        "one coordinate",
        "point A at 60°00'N\n",
        ("C228 1:19-20 a latitude stands alone [write the longitude too: a place needs a latitude and a longitude]",),
    ),
    (
        "groups of digits",
        "point A at 16, 24, 14, 8 north, 42, 46, 19, 7 east\n",
        (
            "C205 1:12-25 these groups have no signs for degrees, minutes and seconds, and nothing says which is which [is 16°24'14.8\" meant?]",
            "C205 1:33-46 these groups have no signs for degrees, minutes and seconds, and nothing says which is which [is 42°46'19.7\" meant?]",
        ),
    ),
    (
        "groups from right to left",
        "point A at (8, 14, 24, 16) north (7, 19, 46, 42) east\n",
        (
            "C205 1:12-27 these groups have no signs for degrees, minutes and seconds, and they seem to run from right to left [is 16°24'14.8\" meant?]",
            "C205 1:34-49 these groups have no signs for degrees, minutes and seconds, and they seem to run from right to left [is 42°46'19.7\" meant?]",
        ),
    ),
    (
        "damaged degrees",
        "point A at o151'55\" latitude North 3° 27'41\" longitude East\n",
        (
            "C202 1:12-20 the degrees are damaged: the degree sign stands before the number, and digits may be lost [is …1°51'55\" meant?]",
        ),
    ),
    (
        "lost degree signs",
        "point A at 2700'35\" 5123'00\"\n",
        (
            "C203 1:12-20 the degree sign is lost: degrees and minutes run together [is 27°00'35\" meant?]",
            "C203 1:21-29 the degree sign is lost: degrees and minutes run together [is 51°23'00\" meant?]",
        ),
    ),
    (
        "lost separator of decimals",
        "point A at 24° 06' 09\" 8 Sur 60° 17' 25\", 5 W\n",
        (
            "C208 1:24-25 8 stands after the seconds with no sign: are these decimals of the second? [is 24°06'09.8\" meant?]",
        ),
    ),
    (
        "approximate grid coordinates",
        "point 7/1 at X ~ 5 490 500 Y ~ 20 564 000\n",
        (
            "C229 1:16-17 a coordinate is printed as approximate [write `approximately at`, and the number without the sign]",
        ),
    ),
    (
        "one grid coordinate",
        "point A at X 5 490 500\n",
        ("C227 1:23-24 one grid coordinate stands alone",),
    ),
    (
        "letter O",
        "point A at 60°50'O 10°N\n",
        (
            "C225 1:18-19 `O` is west in Spanish, French, Italian, Catalan, Galician and Portuguese and east in German, Dutch, Afrikaans and Swedish [write the direction as a word, or declare the language of the letters, such as `letters in es` (west, north) or `letters in de` (east, north)]",
        ),
    ),
    (
        "signed coordinate",
        "point A at 60.5°N -102°E\n",
        (
            "C224 1:19-24 the coordinate has a sign and a hemisphere [write the hemisphere alone, as the instrument means it]",
        ),
    ),
    (
        "longitude beyond 180",
        "point A at 60°N 190°E\n",
        ("C223 1:17-22 a longitude of 190° is more than 180° [is 170°00'00\"W meant?]",),
    ),
    (
        "latitude beyond the pole",
        "point A at 95°N 100°E\n",
        ("C222 1:12-16 a latitude of 95° is beyond the pole",),
    ),
    (
        "number of a machine",
        "point A at NaN inf\n",
        ("S301 1:12-15 `NaN` cannot stand here",),
    ),
    (
        "exponent",
        "tolerance 1e3 m\n",
        (
            "C230 1:11-14 `1e3` is not a number that can be read in one way [group digits by threes with spaces, and begin the decimals with one point or comma: 1 234.5]",
        ),
    ),
    (
        "words without quotes",
        "point A at the intersection of parallel Tropic of Cancer and meridian 16°E\n",
        (
            "C201 1:41-47 `Tropic` is not a coordinate [quote the words, and say how they are read: parallel «Tropic of Cancer»]",
        ),
    ),
    (
        "axis of a meridian",
        "point A at the intersection of parallel 16°E and meridian 60°N\n",
        ("C226 1:41-45 a longitude stands where a latitude is needed",),
    ),
    (
        "azimuth beyond a turn",
        "point A at azimuth 400° and 5 km from B\n",
        ("C209 1:20-23 an angle of 400 degrees is more than a full turn",),
    ),
    (
        "azimuth without sign",
        "point A at azimuth 45 and 5 km from B\n",
        ("C204 1:20-22 the number has no degree sign [write 45° if degrees are meant]",),
    ),
    (
        "vague miles",
        "tolerance 5 miles\n",
        ("C231 1:13-18 `miles` can be several units [write nautical miles, statute miles or English miles]",),
    ),
    (
        "no unit",
        "tolerance 5\n",
        ("C231 1:12-13 the number has no unit",),
    ),
    (
        "unknown unit",
        "tolerance 5 kilometrs\n",
        ("C231 1:13-22 `kilometrs` is not a unit that the program knows [did you mean `kilometres`?]",),
    ),
    (
        "grouping comma",
        "tolerance 1,234 km\n",
        (
            "C230 1:11-16 `1,234` can be 1 234 or 1.234: the comma may group digits or begin the decimals [write `1 234`, or declare `decimal sign point` (1 234) or `decimal sign comma` (1.234) in the head]",
        ),
    ),
    (
        "against the declared sign",
        "decimal sign comma\ntolerance 1,234.5 km\n",
        (
            "C234 2:11-18 `1,234.5` can only be 1 234.5, but the head declares that the comma begins the decimals [check the print of this number, or leave the declaration out and write such numbers with spaces: 1 234.5]",
        ),
    ),
    (
        "wind that is none",
        "point A in direction NNF from B\n",
        (
            "C201 1:22-25 `NNF` stands where an azimuth such as 278°14'27\", a bearing such as N 45°30' E, or a compass direction such as north-east is expected",
        ),
    ),
    (
        "keyword as a name",
        "point to at 60°N 10°E\n",
        (
            "S304 1:7-9 `to` is a word of the language and stands here where the name of a point is expected [if it is a name, quote it: «to»]",
        ),
    ),
    (
        "mistyped phrase",
        "point A at the intersektion of leg 1 and leg 2\n",
        ("S301 1:12-15 `the` cannot stand here [did you mean `the intersection of`?]",),
    ),
    (
        "mistyped keyword",
        "point A att 60°N 10°E\n",
        ("S301 1:9-12 `att` cannot stand here [did you mean `at`?]",),
    ),
    (
        "a mark that is not quoted, and a bad clause: both are told",
        "point A mark 16 at 60°N 10°E\n  expct length 5 km\n  expect distance to B 5\n  words «fine»\n",
        (
            "S314 1:14-16 the mark's number must be quoted [quote it: «16»]",
            "S301 2:3-8 `expct` cannot stand here [did you mean `expect`?]",
            "C231 3:25-26 the number has no unit",
        ),
    ),
    (
        "statement indented by mistake",
        "point A at 60°N 10°E\n  point B at 60°N 10°E\n",
        (
            "S301 2:3-8 `point` cannot stand here [if a new statement begins with `point`, indent it no deeper than the statement above]",
        ),
    ),
    (
        "no such day",
        "instrument T «Treaty» dated 1923-02-29\n",
        ("C233 1:29-39 there is no day 1923-02-29",),
    ),
    (
        "short digest",
        "source s map «map.tif» sha256 abc\n",
        ("S316 1:31-34 `abc` is not a SHA-256 digest: it has 3 characters",),
    ),
    (
        "misspelt frame clause",
        "frame WGS 84 epok 2016.0\n",
        (
            "S301 1:14-18 `epok` seems to be no part of a frame's name [did you mean `epoch`? If it is part of the name, quote the whole name]",
        ),
    ),
    (
        "precedence twice",
        "precedence marks, words, marks\n",
        ("S309 1:26-31 `marks` stands in the order twice",),
    ),
    (
        "quotation that never closes",
        "note «never closes\nnote «closes»\n",
        ("T108 1:6-7 the quotation that opens here never closes [close it with »]",),
    ),
    (
        "mistyped kind of leg",
        "section S\n  from A\n  leg 1 geodesc to B\n  leg loxodrom to B\n",
        (
            "S305 3:9-16 `geodesc` is not a kind of leg [did you mean `geodesic`?]",
            "S305 4:7-15 `loxodrom` is not a kind of leg [did you mean `loxodrome`?]",
        ),
    ),
    (
        "leg without an end",
        "section S\n  from A\n  leg 1 geodesic\n",
        ("S306 3:17-18 the leg does not say how it ends",),
    ),
    (
        "mistyped ending",
        "section S\n  from A\n  leg 1 geodesic too B\n",
        ("S301 3:18-21 `too` cannot stand here [did you mean `to`?]",),
    ),
    (
        "leg outside",
        "leg 1 geodesic to B\n",
        ("S307 1:1-4 `leg` stands outside every section: indent it below one",),
    ),
    (
        "clause at the indentation of legs",
        "section S\n  from A\n  leg 1 geodesic to B\n  words «x»\n",
        (
            "S307 4:3-8 `words` stands at the indentation of a statement [indent it deeper than the leg that it belongs to]",
        ),
    ),
    (
        "point inside a section",
        "section S\n  from A\n  point B at 60°N 10°E\n",
        ("S307 3:3-8 `point` cannot stand inside a section",),
    ),
    (
        "half of an along",
        "section S\n  from A\n  leg 1 along to B\n",
        ("S305 3:9-14 `along` is not a kind of leg [did you mean `along leg`?]",),
    ),
    (
        "unknown column",
        "table points T columns nam, latitude, longitude\n",
        ("S310 1:24-27 `nam` is not a column of this table [did you mean `name`?]",),
    ),
    (
        "row of legs with a cell too few",
        "section S\n  from A\n  table legs columns id, kind, to\n    1 | geodesic\n    2 | geodesc | B\n",
        (
            "S311 4:1-17 the row has 2 cells and the table 3 columns",
            "S305 5:9-16 `geodesc` is not a kind of leg [did you mean `geodesic`?]",
        ),
    ),
    (
        "reordering control",
        "point A at 60°N 10°E # \u202eabc\n",
        (
            "T105 1:24-25 U+202E (right-to-left override) changes the order in which the text is seen [delete it; nothing is lost to the eye]",
        ),
    ),
    (
        "decomposed letters",
        "note «é»\n",
        ("T106 1:8-9 letters and their accents are written apart here (the text is not in normal form C)",),
    ),
    (
        "mixed alphabets",
        "note «Chоp»\n",
        ("T107 1:7-11 the word Chоp mixes letters of two alphabets that look alike [type it in one alphabet]",),
    ),
    (
        "tab",
        "point A\n\tat 60°N 10°E\n",
        ("T109 2:1-2 a tab stands in the indentation: how deep it is cannot be seen [use spaces]",),
    ),
    (
        "both kinds of comma",
        "point A at 19,5 N 20,5 E\n",
        (
            "C206 1:12-16 the number has a comma and no degree sign: the comma can be a decimal sign or stand between two numbers [is 19.5° or 19°, 5° meant?]",
            "C206 1:19-23 the number has a comma and no degree sign: the comma can be a decimal sign or stand between two numbers [is 20.5° or 20°, 5° meant?]",
        ),
    ),
)


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_said_of_a_wrong_text(text: str, expected: tuple[str, ...]) -> None:
    """Every problem is told at once, with its place and, where there is one, the likely reading."""
    said = []
    for finding in parse(text).diagnostics:
        span = finding.span
        assert span is not None
        hint = f" [{finding.hint}]" if finding.hint else ""
        said.append(f"{finding.code} {span.line}:{span.column}-{span.end_column} {finding.sentence}{hint}")
    assert tuple(said) == expected
