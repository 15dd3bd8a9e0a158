"""The report: one self-contained HTML page with the words on one side and the line on the other.

`page.report` composes it from pure parts; `picture.picture` gives the same map as a standalone SVG. Nothing here reads
a file, asks a clock or makes a request, and neither does the page that comes out.
"""
