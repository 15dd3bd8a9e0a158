#!/usr/bin/env bash
# Unpacks Debian's package of pip into a folder, which needs no root, and prints the path of the wheel in it.
set -euo pipefail

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || exit 1
mkdir -p "$1/lists/partial" "$1/archives/partial"
cd "$1"
apt=(
    apt-get --quiet=2 --option Debug::NoLocking=true
    --option "Dir::State::Lists=$PWD/lists" --option "Dir::Cache=$PWD" --option "Dir::Cache::Archives=$PWD/archives"
)
"${apt[@]}" update >/dev/null
"${apt[@]}" download python3-pip-whl >/dev/null
dpkg-deb --extract python3-pip-whl_*.deb .
ls "$PWD"/usr/share/python-wheels/pip-*.whl
