"""KML 2.2 (OGC 07-147r2): legs, rings and points in WGS 84 for a virtual globe, marked as derived and not agreed.

A globe joins two positions of a `tessellate` line along the ground in its own way, so legs are densified to the
tolerance. KML knows no dashes: the status is in the colour, the name of the style, and the text of each feature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection
from merestone.description.tree import Status
from merestone.errors import NoFrameError
from merestone.geodesy.line import Floats
from merestone.publish.antimeridian import cut_chain, cut_ring
from merestone.publish.drawing import counter_clockwise, drawn_leg, point_places, ring_of
from merestone.publish.export import NOT_AGREED, Export, Step, standing
from merestone.publish.map_styles import STROKES, Stroke
from merestone.publish.properties import Properties, about, of_gap, of_leg, of_point, of_ring
from merestone.publish.text import plain

NAMESPACE = "http://www.opengis.net/kml/2.2"


def write_kml(export: Export) -> bytes:
    """The document as UTF-8 bytes. Raises `NoFrameError` where the frame is unstated."""
    line = export.line
    if line.frame is None:
        raise NoFrameError("KML")
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _text(document, "name", f"{line.title} ({NOT_AGREED})")
    _text(document, "description", f"{standing(line)}. This file is derived; the canonical line is decisive.")
    for status, stroke in STROKES.items():
        _line_style(document, _style_name(status), stroke)
    _extended(document, about(export))
    for section in line.sections:
        _section(document, export, section)
    _points(document, export, export.to_wgs84(line.frame))
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _text(parent: ET.Element, name: str, text: str) -> None:
    """A child with a text; what XML forbids is replaced, what it reserves is escaped when it is written.

    Globes show names, descriptions and data in balloons of HTML (KML 2.2, clause 9.1.3.10), after XML has been
    unescaped: "<" is written as "‹", so that no text becomes markup there either.
    """
    ET.SubElement(parent, name).text = plain(text).replace("<", "‹")


def _style_name(status: Status | None) -> str:
    """The identifier of a status's style."""
    return "status-not-stated" if status is None else f"status-{status.value}"


def _line_style(document: ET.Element, name: str, stroke: Stroke) -> None:
    """A style: KML writes colours as alpha, blue, green, red."""
    style = ET.SubElement(document, "Style", id=name)
    red, green, blue = stroke.colour
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", f"ff{blue:02x}{green:02x}{red:02x}")
    _text(line, "width", "2")
    fill = ET.SubElement(style, "PolyStyle")
    _text(fill, "color", f"14{blue:02x}{green:02x}{red:02x}")
    _text(fill, "outline", "0")


def _section(document: ET.Element, export: Export, section: CompiledSection) -> None:
    """A folder with the section's parts in order, and the outline of a ring."""
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", f"{section.name}: {section.title}" if section.title else section.name)
    style = _style_name(section.status)
    drawn = tuple(drawn_leg(section, leg, export.tolerance_m, export.to_wgs84) for leg in section.legs)
    waiting = iter(drawn)
    for part in section.parts:
        if isinstance(part, CompiledLeg):
            leg = next(waiting)
            _placemark(folder, f"leg {part.name}: {part.kind}", style, of_leg(export, leg), _lines(leg.chain))
        else:
            _placemark(folder, f"{part.name}: gap, not drawn", None, of_gap(export.line, section, part), ())
    outline = ring_of(drawn) if section.ring and len(drawn) == len(section.parts) else None
    if outline is not None:
        _placemark(folder, section.name, style, of_ring(export, section), _polygons(outline))


def _points(document: ET.Element, export: Export, step: Step) -> None:
    """A folder with the named points."""
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", "Points")
    for point, (longitude, latitude) in zip(export.line.points, point_places(export.line, step), strict=True):
        place = ET.Element("Point")
        _text(place, "coordinates", _position(longitude, latitude))
        _placemark(folder, point.name, None, of_point(export.line, point, step), [place])


def _placemark(
    folder: ET.Element, name: str, style: str | None, properties: Properties, geometries: Iterable[ET.Element]
) -> None:
    """A feature with its properties and its geometry, in the order that the schema asks for."""
    placemark = ET.SubElement(folder, "Placemark")
    _text(placemark, "name", name)
    if style is not None:
        _text(placemark, "styleUrl", f"#{style}")
    _extended(placemark, properties)
    parts = list(geometries)
    if len(parts) == 1:
        placemark.append(parts[0])
    elif parts:
        ET.SubElement(placemark, "MultiGeometry").extend(parts)


def _extended(parent: ET.Element, properties: Properties) -> None:
    """Properties as untyped data; lists in one text."""
    extended = ET.SubElement(parent, "ExtendedData")
    for name, value in properties.items():
        text = _value(value)
        if text:
            data = ET.SubElement(extended, "Data", name=name)
            _text(data, "value", text)


def _value(value: object) -> str:
    """A property as a text, empty where there is nothing to say."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(_value(part) for part in value)
    return str(value)


def _lines(chain: Floats) -> Iterator[ET.Element]:
    """A chain as line strings on the ground, cut at the antimeridian."""
    for part in cut_chain(chain):
        line = ET.Element("LineString")
        _text(line, "tessellate", "1")
        _text(line, "coordinates", _positions(part))
        yield line


def _polygons(outline: Floats) -> Iterator[ET.Element]:
    """A ring as polygons on the ground, cut at the antimeridian."""
    for part in cut_ring(counter_clockwise(outline)):
        polygon = ET.Element("Polygon")
        _text(polygon, "tessellate", "1")
        boundary = ET.SubElement(ET.SubElement(polygon, "outerBoundaryIs"), "LinearRing")
        _text(boundary, "coordinates", _positions(part))
        yield polygon


def _positions(part: Floats) -> str:
    """Positions as KML writes them: longitude,latitude with a space between."""
    return " ".join(_position(longitude, latitude) for longitude, latitude in part.tolist())


def _position(longitude: float, latitude: float) -> str:
    """A position with nine decimals of a degree (0.1 mm)."""
    return f"{longitude:.9f},{latitude:.9f}"
