"""How the layers of a comparison are drawn in QGIS and in any OGC client.

The two lines differ in dash, width and colour, the two kinds of zone in hatch and tone. None of the colours is
anybody's, none says right or wrong (Okabe and Ito, 2008: told apart by colour-blind readers), and no line is unbroken:
that is kept for what a register holds effective.
"""

from __future__ import annotations

from merestone.compare.comparison import Side
from merestone.publish.gpkg_file import LayerStyle
from merestone.publish.map_styles import (
    PIXELS_PER_MM,
    Stroke,
    parameter,
    qml,
    qml_labels,
    qml_stroke,
    qml_symbol,
    single_symbol_qml,
    sld,
)

FIRST = Stroke("first line, not agreed", (0, 82, 136), (5.0, 1.2))
SECOND = Stroke("second line, not agreed", (166, 90, 0), (1.8, 1.2), 0.65)
UNMATCHED = Stroke("no counterpart", (90, 90, 90), (0.4, 1.0))
PARTING = Stroke("further apart than the tolerance", (120, 70, 130), (2.6, 0.8))
PROFILE = Stroke("separation", (120, 120, 120), (1.0, 0.6), 0.15)

PROFILE_BELOW = 10_000
"""The scale, one to so many, below which the connections of the profile are shown: of thousands, all that a small-scale
map shows is one grey."""

ZONES = {
    Side.LEFT: ("left of the first line", (106, 106, 150), "f_diagonal"),
    Side.RIGHT: ("right of the first line", (150, 130, 90), "b_diagonal"),
}
"""The label, colour and hatch of the zones on either side of the first line."""


def styles() -> dict[str, LayerStyle]:
    """The style of each layer that has a geometry."""
    lines = {
        "first_line": FIRST,
        "second_line": SECOND,
        "partings": PARTING,
        "unmatched": UNMATCHED,
        "profile": PROFILE,
    }
    drawn = {name: LayerStyle(_line_qml(stroke), _line_sld(name, stroke)) for name, stroke in lines.items()}
    gone = LayerStyle(single_symbol_qml("fill", "SimpleFill", _GONE_FILL, 2), sld("gone_zones", _gone_rule()))
    return {**drawn, "zones": LayerStyle(_zones_qml(), _zones_sld()), "gone_zones": gone, "crossings": _marks()}


def _line_qml(stroke: Stroke) -> str:
    below = PROFILE_BELOW if stroke is PROFILE else None
    return single_symbol_qml("line", "SimpleLine", qml_stroke(stroke), 1, below)


def _line_sld(name: str, stroke: Stroke) -> str:
    parameters = (
        ("stroke", stroke.hexadecimal),
        ("stroke-width", f"{stroke.width_mm * PIXELS_PER_MM:.2f}"),
        ("stroke-dasharray", " ".join(f"{length * PIXELS_PER_MM:.2f}" for length in stroke.dashes_mm)),
    )
    drawn = "".join(parameter(key, value) for key, value in parameters)
    symbol = f"<se:LineSymbolizer><se:Stroke>{drawn}</se:Stroke></se:LineSymbolizer>"
    below = PROFILE_BELOW if stroke is PROFILE else None
    scale = "" if below is None else f"<se:MaxScaleDenominator>{below}</se:MaxScaleDenominator>"
    return sld(name, f"<se:Rule><se:Name>{stroke.label}</se:Name>{scale}{symbol}</se:Rule>")


def _zones_qml() -> str:
    """A hatch for each side."""
    categories = "".join(
        f'<category symbol="{n}" value="{side.value}" label="{label}" render="true"/>'
        for n, (side, (label, _, _)) in enumerate(ZONES.items())
    )
    symbols = "".join(
        qml_symbol("fill", str(n), "SimpleFill", _qml_fill(colour, hatch))
        for n, (_, colour, hatch) in enumerate(ZONES.values())
    )
    return qml(
        '<renderer-v2 type="categorizedSymbol" attr="side_of_first" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>",
        geometry_type=2,
        labels=qml_labels("zone"),
    )


def _qml_fill(colour: tuple[int, int, int], hatch: str) -> dict[str, str]:
    tone = ",".join(map(str, (*colour, 255)))
    rim = {"outline_color": tone, "outline_style": "solid", "outline_width": "0.2", "outline_width_unit": "MM"}
    return {"color": tone, "style": hatch, **rim}


def _zones_sld() -> str:
    return sld("zones", "".join(_zone_rule(side, *ZONES[side][:2]) for side in ZONES))


_GONE_FILL = {
    "color": "0,0,0,0",
    "style": "no",
    "outline_color": "120,120,120,255",
    "outline_style": "dot",
    "outline_width": "0.3",
    "outline_width_unit": "MM",
}
"""A dotted rim and nothing in it: there is no zone any more."""


def _gone_rule() -> str:
    stroke = f"{parameter('stroke', '#787878')}{parameter('stroke-width', '1')}{parameter('stroke-dasharray', '1 2')}"
    symbol = f"<se:PolygonSymbolizer><se:Stroke>{stroke}</se:Stroke></se:PolygonSymbolizer>"
    return f"<se:Rule><se:Name>gone</se:Name>{symbol}</se:Rule>"


def _zone_rule(side: Side, label: str, colour: tuple[int, int, int]) -> str:
    tone = "#{:02x}{:02x}{:02x}".format(*colour)
    fill = f"<se:Fill>{parameter('fill', tone)}{parameter('fill-opacity', '0.45')}</se:Fill>"
    rim = f"<se:Stroke>{parameter('stroke', tone)}{parameter('stroke-width', '0.7')}</se:Stroke>"
    return (
        f"<se:Rule><se:Name>{label}</se:Name><ogc:Filter><ogc:PropertyIsEqualTo>"
        f"<ogc:PropertyName>side_of_first</ogc:PropertyName><ogc:Literal>{side.value}</ogc:Literal>"
        f"</ogc:PropertyIsEqualTo></ogc:Filter><se:PolygonSymbolizer>{fill}{rim}</se:PolygonSymbolizer></se:Rule>"
    )


def _marks() -> LayerStyle:
    """Small white squares with a dark rim."""
    options = {"name": "square", "color": "255,255,255,255", "outline_color": "0,0,0,255", "size": "2"}
    symbol = (
        "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>square</se:WellKnownName><se:Fill>"
        f"{parameter('fill', '#ffffff')}</se:Fill><se:Stroke>{parameter('stroke', '#000000')}</se:Stroke></se:Mark>"
        "<se:Size>7</se:Size></se:Graphic></se:PointSymbolizer>"
    )
    rule = f"<se:Rule><se:Name>crossing</se:Name>{symbol}</se:Rule>"
    return LayerStyle(single_symbol_qml("marker", "SimpleMarker", options, 0), sld("crossings", rule))
