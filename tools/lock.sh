#!/usr/bin/env bash
# Writes requirements/run.lock and requirements/dev.lock from pyproject.toml: names, versions and hashes, nothing else.
#
# One lock serves every platform and every Python from 3.11 on (environment markers tell them apart). dev.lock
# contains run.lock, at the same versions. No index address may end up in a file, hence the check at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=${UV:-.venv/bin/uv}
options=(
    pip compile --quiet --generate-hashes --universal --python-version 3.11
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
)
"$uv" "${options[@]}" --extra dev pyproject.toml requirements/build.in --output-file requirements/dev.lock
"$uv" "${options[@]}" --extra demo pyproject.toml requirements/build.in \
    --constraint requirements/dev.lock --output-file requirements/run.lock
"$uv" "${options[@]}" requirements/node.in --output-file requirements/node.lock

if grep -nE 'https?://|file:|--(extra-)?index-url|--find-links| @ |^/' requirements/*.lock; then
    echo "an address or a path stands in a lock file (above)" >&2
    exit 1
fi
