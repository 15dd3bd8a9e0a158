"""How a line is drawn on a map: a dash and a colour for each status that an instrument gives a section.

No unbroken stroke is used: it is kept for what a register holds effective. Dash and colour say the same, so that
neither colour-blind readers nor black and white prints lose it. Colours after Okabe and Ito (2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from merestone.description.tree import Status

STYLE_NAME = "Merestone: not agreed"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke: its label in a legend, colour as (red, green, blue), lengths of dashes and gaps, and width, in
    millimetres."""

    label: str
    colour: tuple[int, int, int]
    dashes_mm: tuple[float, ...]
    width_mm: float = 0.5

    @property
    def hexadecimal(self) -> str:
        """The colour as #rrggbb."""
        return "#{:02x}{:02x}{:02x}".format(*self.colour)


_NOT_AGREED = "reading, not agreed"

STROKES: dict[Status | None, Stroke] = {
    None: Stroke(f"status not stated ({_NOT_AGREED})", (0, 0, 0), (4.0, 1.5)),
    Status.CLAIMED: Stroke(f"claimed ({_NOT_AGREED})", (230, 159, 0), (0.6, 1.2)),
    Status.NEGOTIATED: Stroke(f"negotiated ({_NOT_AGREED})", (86, 180, 233), (2.0, 1.0, 0.6, 1.0)),
    Status.AGREED: Stroke(f"agreed in the instrument ({_NOT_AGREED})", (0, 114, 178), (6.0, 1.0)),
    Status.DELIMITED: Stroke(f"delimited by the instrument ({_NOT_AGREED})", (0, 0, 0), (6.0, 1.0, 0.8, 1.0)),
    Status.DEMARCATED: Stroke(f"demarcated by the instrument ({_NOT_AGREED})", (0, 0, 0), (8.0, 0.8)),
    Status.DISPUTED: Stroke(f"disputed ({_NOT_AGREED})", (213, 94, 0), (1.5, 1.5)),
    Status.PROVISIONAL: Stroke(f"provisional ({_NOT_AGREED})", (204, 121, 167), (3.0, 1.0, 0.6, 1.0, 0.6, 1.0)),
}
"""The stroke of each status; None where the instrument gives none."""


def status_value(status: Status | None) -> str:
    """The text that layers carry for a status, the one that styles look for."""
    return "not stated" if status is None else status.value


def legs_qml() -> str:
    """The style of the layer of legs as QGIS reads it (QML)."""
    values = [(str(n), status_value(status), stroke) for n, (status, stroke) in enumerate(STROKES.items())]
    categories = "".join(
        f'<category symbol="{n}" value={quoteattr(value)} label={quoteattr(stroke.label)} render="true"/>'
        for n, value, stroke in values
    )
    symbols = "".join(qml_symbol("line", n, "SimpleLine", qml_stroke(stroke)) for n, _, stroke in values)
    return qml(
        '<renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>",
        geometry_type=1,
        labels=qml_labels("leg"),
    )


def vertices_qml() -> str:
    """The style of the layer of defining vertices (QML): small white circles with a dark rim, and their names."""
    return _circles_qml(qml_labels("name"))


def points_qml() -> str:
    """The style of the layer of points (QML): as the vertices, without names, which the vertices have already."""
    return _circles_qml("")


def _circles_qml(labels: str) -> str:
    options = {"name": "circle", "color": "255,255,255,255", "outline_color": "0,0,0,255", "size": "1.8"}
    circle = {**options, "size_unit": "MM", "outline_width": "0.3"}
    return single_symbol_qml("marker", "SimpleMarker", circle, 0, labels=labels)


def rings_qml() -> str:
    """The style of the layer of rings (QML): a faint fill without a rim; the legs are the rim."""
    return single_symbol_qml("fill", "SimpleFill", {"color": "0,0,0,20", "style": "solid", "outline_style": "no"}, 2)


def single_symbol_qml(
    kind: str, layer: str, options: dict[str, str], geometry_type: int, shown_below: int | None = None, labels: str = ""
) -> str:
    """A style with one symbol for everything, `shown_below` on maps of a larger scale than one to that."""
    symbol = qml_symbol(kind, "0", layer, options)
    return qml(
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>",
        geometry_type=geometry_type,
        labels=labels,
        shown_below=shown_below,
    )


def qml(renderer: str, *, geometry_type: int, labels: str = "", shown_below: int | None = None) -> str:
    """A QML document around a renderer and labels, `shown_below` on maps of a larger scale than one to that."""
    scales = "" if shown_below is None else f' hasScaleBasedVisibilityFlag="1" minScale="{shown_below}" maxScale="0"'
    enabled = ' labelsEnabled="1"' if labels else ""
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22.0" styleCategories="Symbology|Labeling|Rendering"{enabled}{scales}>{renderer}{labels}'
        f"<layerGeometryType>{geometry_type}</layerGeometryType></qgis>"
    )


def qml_labels(column: str) -> str:
    """Labels of a layer from one of its columns: small and dark, with a light rim so that they stand out of any hatch."""
    rim = 'bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"'
    text = 'fontSize="9" fontSizeUnit="Point" fontWeight="75" textColor="20,20,20,255" textOpacity="1"'
    style = f"<text-style fieldName={quoteattr(column)} {text}><text-buffer {rim}/></text-style>"
    return f'<labeling type="simple"><settings>{style}</settings></labeling>'


def qml_stroke(stroke: Stroke) -> dict[str, str]:
    """A stroke as QGIS's options."""
    return {
        "line_color": ",".join(map(str, (*stroke.colour, 255))),
        "line_width": str(stroke.width_mm),
        "line_width_unit": "MM",
        "line_style": "solid",
        "capstyle": "flat",
        "joinstyle": "round",
        "use_custom_dash": "1",
        "customdash": ";".join(map(str, stroke.dashes_mm)),
        "customdash_unit": "MM",
    }


def qml_symbol(kind: str, name: str, layer: str, options: dict[str, str]) -> str:
    """A symbol with one layer; its options in the form of QGIS before and after 3.26."""
    properties = "".join(f"<prop k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in options.items())
    mapped = "".join(f'<Option type="QString" name={quoteattr(k)} value={quoteattr(v)}/>' for k, v in options.items())
    return (
        f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0"><Option type="Map">{mapped}</Option>{properties}</layer>'
        "</symbol>"
    )


_SLD = (
    '<?xml version="1.0" encoding="UTF-8"?><StyledLayerDescriptor version="1.1.0" '
    'xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" '
    'xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><se:Name>{layer}</se:Name><UserStyle>'
    "<se:Name>{name}</se:Name><se:FeatureTypeStyle>{rules}</se:FeatureTypeStyle></UserStyle></NamedLayer>"
    "</StyledLayerDescriptor>"
)
PIXELS_PER_MM = 1.0 / 0.28
"""A pixel of SLD is 0.28 mm (OGC 05-077r4, clause 11.3.2)."""


def legs_sld() -> str:
    """The style of the layer of legs as any OGC client reads it (SLD 1.1)."""
    return sld("legs", "".join(_sld_rule(status, stroke) for status, stroke in STROKES.items()))


def vertices_sld() -> str:
    """The style of the layer of defining vertices (SLD 1.1)."""
    symbol = (
        "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName><se:Fill>"
        f"{parameter('fill', '#ffffff')}</se:Fill><se:Stroke>{parameter('stroke', '#000000')}</se:Stroke></se:Mark>"
        "<se:Size>6</se:Size></se:Graphic></se:PointSymbolizer>"
    )
    return sld("vertices", f"<se:Rule><se:Name>vertex</se:Name>{symbol}</se:Rule>")


def rings_sld() -> str:
    """The style of the layer of rings (SLD 1.1)."""
    fill = f"{parameter('fill', '#000000')}{parameter('fill-opacity', '0.08')}"
    symbol = f"<se:PolygonSymbolizer><se:Fill>{fill}</se:Fill></se:PolygonSymbolizer>"
    return sld("rings", f"<se:Rule><se:Name>ring</se:Name>{symbol}</se:Rule>")


def sld(layer: str, rules: str) -> str:
    """An SLD document around rules."""
    return _SLD.format(layer=layer, name=escape(STYLE_NAME), rules=rules)


def _sld_rule(status: Status | None, stroke: Stroke) -> str:
    """The rule for one status."""
    parameters = (
        ("stroke", stroke.hexadecimal),
        ("stroke-width", f"{stroke.width_mm * PIXELS_PER_MM:.2f}"),
        ("stroke-linecap", "butt"),
        ("stroke-dasharray", " ".join(f"{length * PIXELS_PER_MM:.2f}" for length in stroke.dashes_mm)),
    )
    return (
        f"<se:Rule><se:Name>{escape(stroke.label)}</se:Name><ogc:Filter><ogc:PropertyIsEqualTo>"
        f"<ogc:PropertyName>status</ogc:PropertyName><ogc:Literal>{escape(status_value(status))}</ogc:Literal>"
        "</ogc:PropertyIsEqualTo></ogc:Filter><se:LineSymbolizer><se:Stroke>"
        + "".join(parameter(name, value) for name, value in parameters)
        + "</se:Stroke></se:LineSymbolizer></se:Rule>"
    )


def parameter(name: str, value: str) -> str:
    """An SLD parameter."""
    return f'<se:SvgParameter name="{name}">{escape(value)}</se:SvgParameter>'
