#!/usr/bin/env bash
# Everything the kiosk needs on Debian 12 or 13: system packages, a virtual environment, locked
# dependencies, compiled texts. Says what it does; what is done already is not done again.
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(espeak-ng libespeak-ng1 fonts-sil-andika fonts-noto-core xvfb xauth python3-venv
    libgl1 libgl1-mesa-dri libegl1 libgles2)

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${PACKAGES[@]}"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
else
    say "this is not Debian: install by hand ${PACKAGES[*]}"
fi
if ((${#missing[@]})); then
    say "system packages: ${missing[*]}"
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "run this as root, or install sudo"
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed"
if [ ! -x .venv/bin/python ]; then
    say "virtual environment in .venv"
    "$python" -m venv .venv
fi
lock=$(sha256sum packaging/requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/.locked 2>/dev/null)" != "$lock" ]; then
    say "locked dependencies (a minute or two)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r packaging/requirements.lock
    say "the command .venv/bin/kiosk"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null ||
        fail "kiosk itself could not be installed; try: .venv/bin/python -m pip install --no-deps --editable ."
    printf '%s' "$lock" >.venv/.locked
fi
