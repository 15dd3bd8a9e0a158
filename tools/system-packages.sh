#!/usr/bin/env bash
# Installs the Debian packages of system-packages.txt that are missing, or names the command that would.
#
# Never fails: a test that needs a missing program is skipped, and the table at the end of `make test` says so.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t packages < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' system-packages.txt)
if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system: tests that need ${packages[*]} are skipped where these are missing." >&2
    exit 0
fi
missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0

echo "Installing ${missing[*]} for the tests ..." >&2
if ! tools/apt-install.sh "${missing[@]}"; then
    echo "Could not install them. Without them some tests are skipped; to run all of them, as root:" >&2
    echo "    apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}" >&2
fi
