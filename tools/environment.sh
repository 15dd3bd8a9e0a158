#!/usr/bin/env bash
# Makes .venv and installs what a lock file names: `tools/environment.sh run` or `... dev`.
#
# Works from a bare Debian with python3, git and make. Does nothing, and needs no network, when everything stands
# already: a stamp in .venv holds the digest of the lock file and of the place of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
which=$1

say() { printf '%s\n' "$*" >&2; }

# The digest of a file and of this checkout's place (a copied .venv points at the place it was copied from).
digest() { { pwd; cat "$1"; } | git hash-object --stdin; }

stamped() { [ "$(cat ".venv/.stamp-$1" 2>/dev/null)" = "$(digest "$2")" ]; }

stamp() { digest "$2" >".venv/.stamp-$1"; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say "Merestone needs Python 3.11 or newer, and none was found under the names python3, python3.11 ... python3.14."
    say "Install one (on Debian 12 or newer: apt-get install python3), or name it: make PYTHON=/path/to/python3.12"
    return 1
}

has_ensurepip() { "$1" -c 'import ensurepip' 2>/dev/null; }

# Debian leaves the part that puts pip into a new environment (ensurepip) in a package of its own. It is installed
# where we may; otherwise pip alone is taken out of Debian's package, which needs no right to install anything.
new_venv() {
    local python=$1 package wheel
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! has_ensurepip "$python"; then
        say "$package is missing; installing it ..."
        tools/apt-install.sh "$package" || say "This user may not install packages; trying without."
    fi
    if has_ensurepip "$python"; then
        "$python" -m venv --clear .venv
    elif wheel=$(tools/borrow-pip.sh .venv-pip) && "$python" -m venv --clear --without-pip .venv; then
        PYTHONPATH=$wheel .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "$wheel"
        rm -rf .venv-pip
    else
        say "Python's venv module is incomplete here. As root, run this, then the same make command again:"
        say "    apt-get update && apt-get install --yes $package"
        return 1
    fi
}

make_venv() {
    local python
    if [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -c "import pip" 2>/dev/null; then
        return
    fi
    python=$(find_python)
    say "Making the environment .venv with $("$python" --version) ..."
    new_venv "$python"
}

pip_install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps "$@"
}

install_lock() {
    local lock=requirements/$which.lock
    stamped "$which" "$lock" && return
    # dev.lock holds all of run.lock, at the same versions.
    [ "$which" = run ] && stamped dev requirements/dev.lock && return
    say "Installing $(grep -c '==' "$lock") packages of $lock (once; needs the package index) ..."
    if ! pip_install --require-hashes --requirement "$lock"; then
        say "The packages could not be installed (see above). If the network was away, run the same command again."
        return 1
    fi
    stamp "$which" "$lock"
}

install_merestone() {
    stamped merestone pyproject.toml && return
    pip_install --no-build-isolation --no-index --editable .
    .venv/bin/python -m pip check --disable-pip-version-check >&2
    stamp merestone pyproject.toml
}

make_venv
install_lock
install_merestone
