"""The head of a page without a script: nothing is fetched, and the only style sheets are those that stand in it or in its body."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from merestone import __version__
from merestone.publish.report.markup import Markup, element


def plain_head(title: str, styles: Sequence[str]) -> Markup:
    """The head with a policy that allows these style sheets alone; the first stands in the head, others in the body."""
    policy = f"default-src 'none'; style-src {' '.join(_source(style) for style in styles)}"
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("meta", {"name": "generator", "content": f"Merestone {__version__}"}),
        element("title", None, title),
        element("style", None, Markup(styles[0])),
    )


def _source(style: str) -> str:
    """The source expression of an inline style sheet (CSP Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
