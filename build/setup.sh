# shellcheck shell=bash
# Shared by all steps: progress messages, and the installation of missing tools.
# Must never ask a question: it runs the same in a terminal and in CI. Only sudo may ask, for a password.

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

# apt_install PACKAGE...: call it only for packages that are missing.
apt_install() {
  has apt-get || die "missing: $*. There is no apt-get here: install it with this system's package manager"
  say "Installing $* with apt (up to 3 min)"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

# The version that vite requires (wasm-tests/package-lock.json).
readonly NODE_LEAST=20.19

need_build_tools() {
  has cargo || die "cargo is missing: install Rust with rustup, https://rustup.rs"
  has node || die "node is missing: install Node.js $NODE_LEAST or newer, with npm"
  has npm || die "npm is missing: it comes with Node.js, or as Debian's package npm"
  has python3 || die "python3 is missing: install Debian's package python3"
  local version
  version=$(node -p process.versions.node)
  printf '%s\n' "$NODE_LEAST" "$version" | sort -C -V \
    || die "node is version $version, and the tools need $NODE_LEAST or newer"
  # rustc calls cc to link, and rustup does not install it.
  has cc || apt_install gcc libc6-dev
  need_rust_parts
  find_target
  need_node_tools
}

# Sets TARGET, the folder that cargo builds in: a variable or a file of cargo's settings may name another than target/.
# Programs that tests start learn it from CARGO_TARGET_DIR.
find_target() {
  TARGET=$(cargo metadata --format-version 1 --no-deps | node -p 'JSON.parse(fs.readFileSync(0)).target_directory')
  readonly TARGET
  export CARGO_TARGET_DIR=$TARGET
}

# The first call of rustc under rustup installs the toolchain of rust-toolchain.toml;
# this completes older installations.
need_rust_parts() {
  local sysroot
  sysroot=$(rustc --print sysroot) \
    || die "the Rust of rust-toolchain.toml could not be installed; the lines above say why"
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] && [ -x "$sysroot/bin/cargo-clippy" ] \
    && [ -x "$sysroot/bin/rustfmt" ] && return
  has rustup || die "Rust's wasm32-unknown-unknown target, clippy or rustfmt is missing, and so is rustup to add it"
  say "Adding Rust's wasm32 target, clippy and rustfmt (under 1 min)"
  rustup target add wasm32-unknown-unknown
  rustup component add clippy rustfmt
}

# Installs the npm tools at the versions of the lockfiles: the site's bundler, wasm-opt, TypeScript, the browser driver.
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

# Installs Chromium, and amSynth with its presets for comparison.
need_test_tools() {
  local packages=()
  node --input-type=module \
    --eval 'import { CHROMIUM } from "./wasm-tests/engines/program.mjs"; process.exit(CHROMIUM ? 0 : 1)' \
    || packages+=(chromium)
  [ -d /usr/share/amsynth/banks ] || packages+=(amsynth)
  [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}"
  want_engines
}

# Installs Firefox and WebKitGTK, a virtual screen and a virtual sound device. If they are unavailable, the tests say
# which engine they did not run. Without chromium-headless-shell, page tests run in the whole of Chromium,
# which takes longer.
want_engines() {
  local packages=()
  has chromium-headless-shell || (apt_install chromium-headless-shell) \
    || say "Continues without chromium-headless-shell"
  has firefox-esr || packages+=(firefox-esr)
  has pulseaudio || packages+=(pulseaudio)
  has WebKitWebDriver || packages+=(webkit2gtk-driver)
  has xvfb-run || packages+=(xvfb xauth)
  [ ${#packages[@]} -eq 0 ] || (apt_install "${packages[@]}") || say "Continues without: ${packages[*]}"
}

# libFuzzer is written in C++.
need_fuzz_tools() {
  has c++ || apt_install g++
}

# Installs the presets for training.
need_banks() {
  [ -d /usr/share/amsynth/banks ] || apt_install amsynth
}
