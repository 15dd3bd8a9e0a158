"""What the page of a comparison does beside every report's script: walking along the profiles, hatches that keep
their width. Without it every tie is still a link and all charts are shown."""

SCRIPT = r"""
(() => {
const doc = document, all = (q, e = doc) => [...e.querySelectorAll(q)];
const view = doc.getElementById('view'), probe = doc.getElementById('probe');
if (view) {
  const hatches = all('pattern[data-turn]');
  const keep = () => {
    const s = view.style.getPropertyValue('--s') || 1;
    for (const p of hatches) p.setAttribute('patternTransform', `rotate(${p.dataset.turn}) scale(${s})`);
  };
  new MutationObserver(keep).observe(view, {attributes: true, attributeFilter: ['style']});
  keep();
}
const size = m => m >= 1000 ? `${(m / 1000).toFixed(2)} km` : `${m.toFixed(m < 100 ? 1 : 0)} m`;
const figures = all('.charts figure');
for (const figure of figures) {
  const chart = figure.querySelector('svg'), walk = figure.querySelector('input'), out = figure.querySelector('output');
  const rows = chart.dataset.stations.split(';').filter(Boolean).map(r => r.split(',').map(Number));
  const cursor = chart.querySelector('.cursor'), first = out.textContent;
  if (!rows.length) continue;
  walk.max = rows.length - 1;
  const place = (name, x, y) => probe.querySelector(name).setAttribute('transform', `translate(${x} ${y})`);
  const go = i => {
    const [x, mx, my, fx, fy, along, separation, sigma] = rows[i];
    walk.value = i;
    cursor.setAttribute('transform', `translate(${x} 0)`);
    chart.classList.add('walking');
    const side = separation === 0 ? 'together' : `${size(Math.abs(separation))} to the ${separation > 0 ? 'left' : 'right'}`;
    out.textContent = `km ${(along / 1000).toFixed(2)}: ${side}${sigma > 0 ? ` ± ${size(sigma)}` : ''}`;
    walk.setAttribute('aria-valuetext', out.textContent);
    if (!probe) return;
    probe.setAttribute('class', figure === figures[0] && figure.dataset.from === 'first' ? 'on' : 'on turned');
    probe.querySelector('path').setAttribute('d', `M${mx} ${my}L${fx} ${fy}`);
    place('.at', mx, my); place('.foot', fx, fy);
  };
  const rest = () => {
    chart.classList.remove('walking');
    if (probe) probe.removeAttribute('class');
    out.textContent = first;
  };
  chart.addEventListener('pointermove', e => {
    const x = new DOMPoint(e.clientX, e.clientY).matrixTransform(chart.getScreenCTM().inverse()).x;
    let low = 0, high = rows.length - 1;
    while (low < high) { const mid = (low + high) >> 1; if (rows[mid][0] < x) low = mid + 1; else high = mid; }
    go(low > 0 && x - rows[low - 1][0] < rows[low][0] - x ? low - 1 : low);
  });
  chart.addEventListener('pointerleave', () => { if (doc.activeElement !== walk) rest(); });
  walk.addEventListener('input', () => go(+walk.value));
  walk.addEventListener('focus', () => go(+walk.value));
  walk.addEventListener('blur', rest);
}
})();
"""
