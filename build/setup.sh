# shellcheck shell=bash
# What every step needs: one line of speech per step, and the tools that may be missing.
# Never asks a question: it runs the same in a terminal and in CI.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    die "this needs root rights; run as root or install sudo: $*"
  fi
}

# apt_install PACKAGE...: only called for what was found missing.
apt_install() {
  has apt-get || die "missing: $*. There is no apt-get here: install it by the means of this system"
  say "Installing $* with apt (up to 3 min)"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

# What vite asks for (wasm-tests/package-lock.json).
readonly NODE_LEAST=20.19

need_build_tools() {
  has cargo || die "cargo is missing: install Rust with rustup, https://rustup.rs"
  has node || die "node is missing: install Node.js $NODE_LEAST or newer, with npm"
  has npm || die "npm is missing: it comes with Node.js, or as Debian's package npm"
  has python3 || die "python3 is missing: install Debian's package python3"
  local version
  version=$(node -p process.versions.node)
  printf '%s\n' "$NODE_LEAST" "$version" | sort -C -V || die "node is version $version, and the tools need $NODE_LEAST or newer"
  # rustc calls cc to link, and rustup does not bring one.
  has cc || apt_install gcc libc6-dev
  need_rust_parts
  need_node_tools
}

# The first call of rustc under rustup installs what rust-toolchain.toml names; this mends older installations.
need_rust_parts() {
  local sysroot
  sysroot=$(rustc --print sysroot) || die "the Rust of rust-toolchain.toml could not be installed; the lines above say why"
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] && [ -x "$sysroot/bin/cargo-clippy" ] && [ -x "$sysroot/bin/rustfmt" ] && return
  has rustup || die "Rust's wasm32-unknown-unknown target, clippy or rustfmt is missing, and so is rustup to add it"
  say "Adding Rust's wasm32 target, clippy and rustfmt (under 1 min)"
  rustup target add wasm32-unknown-unknown
  rustup component add clippy rustfmt
}

# At the versions of the lockfiles: what puts the site together, and wasm-opt, TypeScript and the browser driver.
need_node_tools() {
  local package stamp
  for package in build wasm-tests; do
    stamp=$package/node_modules/.installed-from
    cmp -s "$package/package-lock.json" "$stamp" && continue
    say "Installing the tools of $package/ with npm (under 1 min)"
    npm ci --prefix "$package" --loglevel=error </dev/null
    cp "$package/package-lock.json" "$stamp"
  done
}

# The browser to test in, and the original synthesizer with its presets to compare with.
need_test_tools() {
  local packages=()
  has "${CHROMIUM:-chromium}" || packages+=(chromium)
  [ -d /usr/share/amsynth/banks ] || packages+=(amsynth)
  [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}"
  want_engines
}

# Firefox and WebKitGTK, with a screen and a loudspeaker that nobody sees or hears. Where they cannot be had, the tests
# say which engine they have not run.
want_engines() {
  local packages=()
  has firefox-esr || packages+=(firefox-esr)
  has pulseaudio || packages+=(pulseaudio)
  has WebKitWebDriver || packages+=(webkit2gtk-driver)
  has xvfb-run || packages+=(xvfb xauth)
  [ ${#packages[@]} -eq 0 ] || (apt_install "${packages[@]}") || say "Goes on without: ${packages[*]}"
}

# libFuzzer is written in C++.
need_fuzz_tools() {
  has c++ || apt_install g++
}

# The presets that a model is trained on.
need_banks() {
  [ -d /usr/share/amsynth/banks ] || apt_install amsynth
}
