#!/bin/sh
# Makes $VENV and installs requirements.txt into it: by uv, which is quick, else by pip.
# Indexes that pip is configured with are used by both.
set -eu

fail() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

command -v "$PYTHON" >/dev/null 2>&1 || fail "Python is missing. On Debian or Ubuntu:" "    sudo apt-get install -y python3 python3-venv"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or later is needed; $PYTHON is $("$PYTHON" -V 2>&1). Give another: make install PYTHON=/path/to/python3.11"
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "This Python cannot make virtual environments. On Debian or Ubuntu:" \
        "    sudo apt-get install -y python3-venv" "and then the same make again."

[ -x "$VENV/bin/python" ] || {
    echo "Making $VENV with $("$PYTHON" -V)"
    "$PYTHON" -m venv "$VENV"
}
pip="$VENV/bin/python -m pip --disable-pip-version-check"

pins() { # the lines of requirements.txt that pin one package, hashes included
    awk -v name="$1==" 'index($0, name) == 1 {on = 1} on {print} on && !/\\$/ {exit}' requirements.txt
}

configured() { # what pip is told by its files or environment, in uv's words
    $pip config list | sed -n "s/^[a-z:]*\.$1='\(.*\)'\$/\1/p" | sed 's/\\n/ /g' | tail -n 1
}

pins uv >"$VENV/uv.txt"
echo "Installing $(grep -c '==' requirements.txt) pinned packages"
$pip install --quiet --require-hashes --no-deps -r "$VENV/uv.txt"
# Hashes are required, so that it does not matter which index a file comes from.
export UV_INDEX_STRATEGY=unsafe-best-match
export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$(configured index-url)}"
export UV_INDEX="${UV_INDEX:-$(configured extra-index-url)}"
export UV_FIND_LINKS="${UV_FIND_LINKS:-$(configured find-links)}"
rm -f "$VENV/uv.env"
if "$VENV/bin/uv" pip install --quiet --python "$VENV/bin/python" --require-hashes -r requirements.txt; then
    # What unpacks wheels later (tools/build/wheels.py) goes by these, and takes pip where this file is missing.
    printf '%s\n' "UV_INDEX_STRATEGY=$UV_INDEX_STRATEGY" "UV_DEFAULT_INDEX=$UV_DEFAULT_INDEX" \
        "UV_INDEX=$UV_INDEX" "UV_FIND_LINKS=$UV_FIND_LINKS" >"$VENV/uv.env"
    exit 0
fi
echo "uv could not; pip does it instead (slower)"
$pip install --quiet --require-hashes -r requirements.txt
