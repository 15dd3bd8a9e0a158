"""The script that lets a heading sort its table: numbers by size, with their units, and texts by the alphabet.

Without it the rows stand in the order in which they were written.
"""

SORTING = r"""
(() => {
const doc = document, all = (q, e = doc) => [...e.querySelectorAll(q)];
const UNITS = {mm: 1e-3, km: 1e3, ha: 1e4, 'km²': 1e6};
const cell = (tr, at) => ((tr.cells[at] && (tr.cells[at].querySelector('span') || tr.cells[at])) || tr).textContent.trim();
const amount = text => {
  const found = /^[<>≈±]?\s*([-\u2212]?[\d,]+(?:\.\d+)?)(?:\s*(mm|km²|km|m²|m|ha|%)|$|\s*[\u2013-])/.exec(text.replace(/\u00a0/g, ' '));
  return found ? +found[1].replace(/,/g, '').replace('\u2212', '-') * (UNITS[found[2]] || 1) : NaN;
};
for (const table of all('.scroll table')) {
  const body = table.tBodies[0], heads = all('thead th', table);
  if (!body || body.rows.length < 3) continue;
  heads.forEach((th, at) => {
    const button = doc.createElement('button');
    button.type = 'button'; button.className = 'sort';
    button.append(...th.childNodes); th.append(button);
    button.addEventListener('click', () => {
      const rows = [...body.rows], values = new Map(rows.map(tr => [tr, amount(cell(tr, at))]));
      const numeric = rows.every(tr => !cell(tr, at) || !Number.isNaN(values.get(tr)));
      const way = th.getAttribute('aria-sort') || (numeric ? 'ascending' : 'descending');
      const next = way === 'ascending' ? 'descending' : 'ascending', sign = next === 'ascending' ? 1 : -1;
      const text = (a, b) => cell(a, at).localeCompare(cell(b, at), undefined, {numeric: true});
      const size = (a, b) => (values.get(a) || 0) - (values.get(b) || 0);
      rows.sort((a, b) => sign * (numeric ? size(a, b) : text(a, b)));
      heads.forEach(other => other.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', next);
      body.append(...rows);
    });
  });
}
})();
"""
