"""How the statements of the head are printed."""

from __future__ import annotations

from typing import assert_never

from merestone.description.azimuths import AzimuthsFrom
from merestone.description.constructions import construction_text, feature_text
from merestone.description.exchanges import Exchange, exchange_parts
from merestone.description.named_lines import Construction, FeatureBinding
from merestone.description.spelling import (
    coordinate_text,
    frame_text,
    length_text,
    letters_text,
    longitudes_text,
    name_text,
    north_text,
    numbers_text,
    quoted,
    reading_text,
    reference_text,
)
from merestone.description.tree import (
    AnglesIn,
    Clause,
    Coordinate,
    DecimalSignIs,
    FrameChoice,
    FrameStatement,
    Hemisphere,
    InLanguage,
    Instrument,
    LegsIn,
    LettersIn,
    LongitudesFrom,
    Note,
    Numbers,
    OwnTransformation,
    Parameter,
    Parties,
    Precedence,
    ReadingBy,
    Source,
    StraightReading,
    Title,
    Tolerance,
    WithoutLetters,
    WordReading,
)

HeadStatement = (
    Title
    | ReadingBy
    | Parties
    | Instrument
    | Precedence
    | Source
    | FrameStatement
    | LegsIn
    | WithoutLetters
    | DecimalSignIs
    | AnglesIn
    | LettersIn
    | LongitudesFrom
    | Numbers
    | Tolerance
    | StraightReading
    | WordReading
    | Note
    | Construction
    | FeatureBinding
    | Exchange
    | AzimuthsFrom
)


def head_parts(statement: HeadStatement) -> tuple[str, list[str], tuple[Clause, ...]]:
    """A statement of the head: how it begins, its other parts, and no clauses."""
    match statement:
        case Title():
            return f"boundary {quoted(statement.text)}", _others(statement.others), ()
        case ReadingBy():
            on = "" if statement.on is None else f" on {statement.on}"
            return f"reading by {quoted(statement.who)}{on}", [], ()
        case Parties():
            first, *rest = _parties(statement)
            return f"parties {first}", rest, ()
        case Instrument():
            return f"instrument {name_text(statement.name)} {quoted(statement.title)}", _instrument(statement), ()
        case Source():
            head = f"source {name_text(statement.name)} {statement.kind} {quoted(statement.path)}"
            return head, _source(statement), ()
        case FrameStatement():
            head, parts = _frame(statement)
            return head, parts, ()
        case StraightReading():
            return f"reading of straight lines: {reading_text(statement.declared)}", [], ()
        case Construction() | FeatureBinding() | AzimuthsFrom() | Exchange():
            return (*_drawn_parts(statement), ())
        case LongitudesFrom():
            return longitudes_text(statement), [], ()
        case WordReading():
            return _word_reading(statement), [], ()
        case _:
            return _short(statement), [], ()


def _short(
    statement: Precedence | LegsIn | WithoutLetters | DecimalSignIs | AnglesIn | LettersIn | Numbers | Tolerance | Note,
) -> str:
    """A statement that is one line whatever it holds."""
    match statement:
        case Precedence():
            return f"precedence {', '.join(statement.order)}"
        case LegsIn():
            return f"legs in {frame_text(statement.frame)}"
        case WithoutLetters():
            return f"coordinates without letters are {letters_text(statement)}"
        case DecimalSignIs():
            return f"decimal sign {statement.sign}"
        case LettersIn():
            return f"letters in {statement.language}"
        case AnglesIn():
            return f"angles in {statement.unit}{', minutes, seconds' if statement.in_groups else ''}"
        case Numbers():
            return f"numbers {numbers_text(statement)}"
        case Tolerance():
            return f"tolerance {length_text(statement.length)}"
        case Note():
            return f"note {quoted(statement.text)}"
        case _:
            assert_never(statement)


def _others(others: tuple[InLanguage, ...]) -> list[str]:
    return [f"in {other.language} {quoted(other.text)}" for other in others]


def _parties(statement: Parties) -> list[str]:
    """Each party with its names; a comma after all but the last."""
    last = len(statement.parties) - 1
    return [
        " ".join([name_text(party.name), quoted(party.title), *_others(party.others)]) + ("" if number == last else ",")
        for number, party in enumerate(statement.parties)
    ]


def _instrument(statement: Instrument) -> list[str]:
    parts = []
    if statement.kind is not None:
        parts.append(f"of kind {statement.kind}")
    if statement.dated is not None:
        parts.append(f"dated {statement.dated}")
    if statement.languages:
        parts.append(f"in {', '.join(statement.languages)}")
    if statement.prevails is not None:
        parts.append(f"{statement.prevails} prevails")
    for word, text in (
        ("registered", statement.registered),
        ("published", statement.published),
        ("note", statement.note),
    ):
        if text is not None:
            parts.append(f"{word} {quoted(text)}")
    return parts


def _source(statement: Source) -> list[str]:
    parts = []
    if statement.sha256 is not None:
        parts.append(f"sha256 {statement.sha256}")
    if statement.dated is not None:
        parts.append(f"dated {statement.dated}")
    if statement.scale is not None:
        parts.append(f"scale 1:{statement.scale.text}")
    if statement.edition is not None:
        parts.append(f"edition {quoted(statement.edition)}")
    if statement.on_duty is not None:
        parts.append(f"on duty {statement.on_duty}")
    if statement.accuracy is not None:
        parts.append(f"accuracy {length_text(statement.accuracy)}")
    if statement.note is not None:
        parts.append(f"note {quoted(statement.note)}")
    return parts


def _drawn_parts(statement: Construction | FeatureBinding | AzimuthsFrom | Exchange) -> tuple[str, list[str]]:
    """What is drawn, bound, counted from or exchanged: how it begins, and its other parts."""
    match statement:
        case Construction():
            return construction_text(statement), []
        case FeatureBinding():
            return feature_text(statement), []
        case AzimuthsFrom():
            by = "" if statement.by is None else f" by {reference_text(statement.by)}"
            return f"azimuths {north_text(statement.north)}{by}", []
        case Exchange():
            return exchange_parts(statement)
        case _:
            assert_never(statement)


def _word_reading(statement: WordReading) -> str:
    by = "" if statement.by is None else f" by {reference_text(statement.by)}"
    also = f" also {', '.join(_line_at(other) for other in statement.also)}" if statement.also else ""
    return f"reading of {quoted(statement.words.text)}: {_line_at(statement.value)}{by}{also}"


def _line_at(value: Coordinate) -> str:
    word = "parallel" if value.hemisphere in (Hemisphere.NORTH, Hemisphere.SOUTH) else "meridian"
    return f"{word} {coordinate_text(value)}"


def _frame(statement: FrameStatement) -> tuple[str, list[str]]:
    """A frame that is stated, or the candidates of one that is not."""
    if statement.frame is None:
        return "frame unstated", _unstated(statement)
    name = "" if statement.name is None else f"{name_text(statement.name)} is "
    parts = []
    if statement.epoch is not None:
        parts.append(f"epoch {statement.epoch.text}")
    if statement.plate is not None:
        parts.append(f"fixed to plate {statement.plate}")
    if statement.fixed_in_frame:
        parts.append("fixed in frame")
    if statement.vertical is not None:
        parts.append(f"heights in {quoted(statement.vertical)}")
    if statement.ellipsoid is not None:
        parts.append(f"on ellipsoid {quoted(statement.ellipsoid)}")
    if statement.own is not None:
        parts.append(_transformation(statement.own))
    own = statement.own is not None or statement.ellipsoid is not None
    frame = quoted(statement.frame.text) if own else frame_text(statement.frame)
    return f"frame {name}{frame}", parts


def _unstated(statement: FrameStatement) -> list[str]:
    parts = []
    if statement.candidates:
        parts.append(f"candidates {', '.join(_choice(choice) for choice in statement.candidates)}")
    if statement.read_as is not None:
        by = "" if statement.read_by is None else f" by {reference_text(statement.read_by)}"
        parts.append(f"read as {_choice(statement.read_as)}{by}")
    return parts


def _choice(choice: FrameChoice) -> str:
    return f"{frame_text(choice.frame)}{_operation(choice.operation)}"


def _operation(operation: str | None) -> str:
    if operation is None:
        return ""
    return f" by {operation}" if operation.startswith("EPSG:") else f" by operation {quoted(operation)}"


def _transformation(own: OwnTransformation) -> str:
    """`transformed to FRAME by ...`."""
    text = f"transformed to {frame_text(own.target)}{_operation(own.operation)}"
    if own.common_points is not None:
        one, other = (name_text(name) for name in own.common_points)
        text += f" from common points in {one} and {other} by {own.count} parameters"
    elif own.parameters:
        first, about = own.parameters[:7], own.parameters[7:]
        text += f" by {len(own.parameters)} parameters {' '.join(_parameter(p) for p in first)}"
        text += "" if own.convention is None else f" {own.convention}"
        text += f" about {' '.join(_parameter(p) for p in about)}" if about else ""
    return text if own.accuracy is None else f"{text} accuracy {length_text(own.accuracy)}"


def _parameter(parameter: Parameter) -> str:
    space = "" if parameter.unit == '"' else " "
    return f"{parameter.name} {parameter.number.text}{space}{parameter.unit}"
