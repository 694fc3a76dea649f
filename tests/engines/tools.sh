# Installs the old engines, for tests/old-browsers and tests/pictures: sets `target`, `engines` and `python`, and builds the program.
# Old Chromiums come from npm, in the versions that package-lock.json names, and lie in the target folder. QtWebKit comes from Debian.

say() { printf '\n== %s\n' "$*"; }

say "Tools"
target="$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")"
engines="$target/old-browsers"
# Debian's own Python, since its packages are for that one.
python=/usr/bin/python3
packages=()
"$python" -c "import PyQt5.QtWebKitWidgets" 2>/dev/null || packages+=(python3-pyqt5.qtwebkit)
"$python" -c "import brotli" 2>/dev/null || packages+=(python3-brotli)
"$python" -c "import websocket" 2>/dev/null || packages+=(python3-websocket)
command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core fonts-liberation)
command -v npm >/dev/null || packages+=(nodejs npm)
if [ "${#packages[@]}" -gt 0 ]; then
    say "Installing with apt: ${packages[*]}"
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${packages[@]}"
fi

mkdir -p "$engines"
for file in package.json package-lock.json; do
    cmp --silent "tests/engines/$file" "$engines/$file" || { rm -rf "$engines/node_modules"; cp "tests/engines/$file" "$engines/"; }
done
[ -f "$engines/node_modules/.package-lock.json" ] ||
    (cd "$engines" && npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund)

say "The program"
cargo build --locked
