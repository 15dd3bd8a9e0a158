"""The style sheets of a comparison beside those of every report: two lines, two kinds of zone, the profiles.

The lines are told apart by dash, width and tone before colour; blue and ochre are told apart by colour-blind readers,
and neither says right or wrong. Neither line is unbroken: that is kept for what a register holds effective.
"""

PALETTE = """
:root,svg.map,svg.profile,svg.picture{--first:#00508a;--second:#a05200;--left:#5f6296;--right:#857049;--left-wash:#dcdde9;--right-wash:#e9e2d2}
"""

DARK = """
@media (prefers-color-scheme:dark){:root,svg.map,svg.profile{--first:#8cc0f5;--second:#f0ac5a;--left:#a9acdd;--right:#cdb98d;
--left-wash:#33354d;--right-wash:#453d2c}}
"""

MAP = """
.two path,.stroke-first,.stroke-second{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round;pointer-events:none}
svg .stroke-first{stroke:var(--first);stroke-width:3.2;stroke-dasharray:13 2.5}
svg .stroke-second{stroke:var(--second);stroke-width:1.8;stroke-dasharray:5 2.5}
.hatch rect{fill:var(--wash-of)}.hatch path{stroke:var(--tone);stroke-width:1.3;fill:none}
.hatch.left,.zone.left,.band.left,.swatch.left{--tone:var(--left);--wash-of:var(--left-wash)}
.hatch.right,.zone.right,.band.right,.swatch.right{--tone:var(--right);--wash-of:var(--right-wash)}
.area{stroke:var(--tone);stroke-width:1.2;vector-effect:non-scaling-stroke}
.zones .disc{fill:var(--tone);fill-opacity:.28;stroke:var(--tone);stroke-width:1}.near-by .zones .disc{display:none}
.unmatched path{fill:none;stroke:var(--gap);stroke-width:9;stroke-opacity:.3;vector-effect:non-scaling-stroke}
.parting path{fill:none;stroke:none;vector-effect:non-scaling-stroke;pointer-events:none}
.crossing rect{fill:var(--ground);stroke:var(--ink);stroke-width:1.3}
.number{pointer-events:none}
.points .number .dot{fill:var(--ink);stroke:none}
.points .number text{font-size:12px}
.swatch,.key .swatch{stroke:var(--tone);fill:var(--wash-of)}
.chart .band rect{fill:var(--wash-of);fill-opacity:.55;stroke:var(--ground);stroke-width:.5}
.chart .band .n{font-size:11px;font-weight:600;text-anchor:middle;fill:var(--ink)}
.chart .sigma{fill:var(--soft);fill-opacity:.2;stroke:none}
.chart .tolerance{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.chart .bar-parting{fill:var(--soft)}
.chart>path,.chart>text{pointer-events:none}
.chart text.axis{font-size:11.5px;paint-order:stroke;stroke:var(--ground);stroke-width:3px}
"""

PAGE = """
header,.charts,.legend li,dl,#told,.page{overflow-wrap:anywhere}.legend bdi{min-width:0}
header .banner{font-size:.85rem;padding:.1rem .6rem;border-width:1px}
main.comparison{grid-template-columns:minmax(0,12fr) minmax(0,11fr)}
.sentence{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:clamp(1.05rem,1.6vw,1.3rem);line-height:1.4;margin:.6rem 0 0;max-width:70ch}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:.75rem 1.75rem;margin:.75rem 0 0}
.figures>div{border-inline-start:3px solid var(--ink);padding-inline-start:.75rem;min-width:0}
.figures .value{font-size:clamp(1.4rem,2.5vw,2rem);font-weight:650;line-height:1.15;font-variant-numeric:tabular-nums}
.figures .beside{font-size:.85rem;color:var(--soft);line-height:1.35}
.comparison .line{gap:.35rem}
.comparison .frame svg.map{max-height:max(60vh,17rem)}
.charts figure{margin-block-end:.35rem}
.charts figcaption{font-size:.85rem;line-height:1.3;color:var(--soft)}
.walk{display:none}.js .walk{display:flex;gap:.75rem;align-items:center;flex-wrap:wrap}
.walk input{flex:1 1 12rem;height:24px;margin:0;accent-color:var(--ink)}
.walk output{flex:1 1 16rem;font-size:.85rem;font-variant-numeric:tabular-nums;min-height:1.4em}
.comparison table{font-size:.84rem}.comparison :is(th,td){padding-inline:.42rem}
.held td:last-child{white-space:normal}.held td:nth-child(2){white-space:normal;min-width:7rem;overflow-wrap:anywhere}
.said-in-full :is(td,th){white-space:normal}.said-in-full td:nth-child(3){min-width:12rem}.said-in-full td:nth-child(2){overflow-wrap:anywhere;min-width:6rem}
td.num,th.num{text-align:end}
.more{color:var(--soft)}
.area,.disc,.band rect,.bar-parting{cursor:pointer}
.above .under{flex:1 1 12rem}.comparison .legend{font-size:.78rem;line-height:1.3;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr))}.comparison .legend li{display:flex;gap:.4rem;align-items:center}.legend .key{flex:none}
.zone.lit .disc{fill:var(--lit);fill-opacity:.75;stroke:var(--ink)}
.zone.lit .area{fill:var(--lit);stroke:var(--ink);stroke-width:2.4}
.zone.pinned .area{stroke-width:3.4}
.zones a:focus-visible .area,.loose a:focus-visible path{stroke:var(--focus);stroke-width:4;stroke-opacity:1}
.unmatched.lit path{stroke:var(--lit);stroke-opacity:1;stroke-width:13}
.parting.lit path{stroke:var(--lit);stroke-width:11}
.crossing.lit rect{fill:var(--lit);stroke-width:2.4}
.number.lit .deep{display:inline}.number:not(.lit) .dot:has(+.deep){display:none}
.points .number.lit text{font-size:15px}
.band.lit rect{fill:var(--lit);fill-opacity:1}
.band.pinned rect{stroke:var(--ink);stroke-width:2}
.bands a:focus-visible rect{stroke:var(--focus);stroke-width:3}
.chart .bar-parting.lit{fill:var(--ink)}
.chart .cursor{stroke:var(--ink);stroke-width:1.2;visibility:hidden}
.chart.walking .cursor{visibility:visible}
#probe{visibility:hidden;pointer-events:none}#probe.on{visibility:visible}
#probe path{stroke:var(--ink);stroke-width:2.4;vector-effect:non-scaling-stroke}
#probe .at circle{fill:var(--first);stroke:var(--paper);stroke-width:1.5}#probe .foot circle{fill:var(--second);stroke:var(--paper);stroke-width:1.5}
#probe.turned .at circle{fill:var(--second)}#probe.turned .foot circle{fill:var(--first)}
@media (max-width:60rem){.figures{grid-template-columns:repeat(2,minmax(0,1fr))}.charts{order:-1;margin-block:.5rem 0}
.comparison .frame svg.map{max-height:42vh}.above .under{display:none}.comparison .legend{order:-1;margin-block:.4rem}}
@media (max-width:30rem){.figures{gap:.6rem .9rem}.figures>div{padding-inline-start:.5rem}.chart .band .n{font-size:0}
.chart text.way{display:inline;font-size:19px}
.comparison .standing text{font-size:calc(9.5px*var(--f,1))}
}
@media (forced-colors:active){.zone.lit .area,.band.lit rect{fill:Highlight}}
@media print{.walk,.js .walk{display:none}.figures{grid-template-columns:repeat(4,1fr)}.sentence{max-width:none}}
"""
