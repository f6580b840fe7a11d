#!/usr/bin/env bash
# Sets up, builds, tests, measures and serves latent-pad. `./build.sh help` lists the commands.
# Needs git, cargo (with rustup), node with npm, python3, and apt to install other missing tools.
# Must never download a program except through cargo, npm and apt, nor reinstall a package that is present.
set -euo pipefail

# Without links, as the compiler sees it.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly ROOT
readonly DIST=$ROOT/dist
# Intermediate files of the site and results of the tests; inside the repository wherever cargo builds.
readonly WORK=$ROOT/target/site
# The compiler would take these in place of the flags of the site and of the fuzz targets.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# A caller means a folder below its own.
[ -z "${CARGO_TARGET_DIR:-}" ] || CARGO_TARGET_DIR=$(realpath -m "$CARGO_TARGET_DIR")
cd "$ROOT"

# shellcheck source=build/setup.sh
source build/setup.sh
# shellcheck source=build/site.sh
source build/site.sh
# shellcheck source=build/package.sh
source build/package.sh
# shellcheck source=build/suites.sh
source build/suites.sh
# shellcheck source=build/fuzz.sh
source build/fuzz.sh
# shellcheck source=build/audit.sh
source build/audit.sh
# shellcheck source=build/train.sh
source build/train.sh
# shellcheck source=build/timbre.sh
source build/timbre.sh

usage() {
  cat <<'TEXT'
usage: ./build.sh COMMAND
  serve [--port P]  builds the site and serves it on this machine (port 8000, or the next free one)
  build             builds the site for any static host into dist/ and prints its size
  single            builds the site as one HTML file that opens without a server: dist/latent-pad.html
  package           packs <latent-pad> as an npm package, target/site/latent-pad-VERSION.tgz; publishes nothing
  test              checks style and types and runs every test, the last ones in real browsers (first time 30 to 50 min
                    on two cores)
  test --quick      runs house rules, formatting, lints, types and native tests (3 min, once all is compiled)
  test --long       runs the page tests of rare faults and of long work, and searches for hostile input, which `test`
                    leaves out: before a release (about 30 min)
  test SUITE        runs one suite of `test`: house format native lints wasm-lints site package types browser
                    renders budgets module engines audit
  support           tests the page in the installed browsers and writes README.md's support table (about 2 min)
  train             remakes the files of the plane in models/ from Debian's banks (about 40 min)
  timbre            remakes the latent spaces of tones in models/timbre/ from Debian's sound fonts and amSynth's banks
                    (about 20 min)
  bench             times the voice, the decoder, the worklet and the page's frames, and names the processor
  fuzz [S [TARGET]] feeds hostile input to every reader, S seconds each (default 10); see fuzz/README.md
  soak              plays eight hours of audio in the module and half an hour in Chromium (about 50 min)
  audit             checks the dependencies' licences and, if the advisory databases are reachable, vulnerabilities
  screenshots       takes pictures of the page's states in four sizes and both themes, in target/site/screenshots
  pictures          retakes the pictures of the manual and the README: www/help/*.webp, www/help/de/*.webp,
                    www/help/page.png (2 min)
  help              prints this
TEXT
}

wrong_usage() {
  usage >&2
  die "$1"
}

# is_test_argument [ARGUMENT...]
is_test_argument() {
  [ $# -gt 0 ] || return 0
  case " --quick --long ${SUITES[*]} " in
    *" $1 "*) [ $# -eq 1 ] ;;
    *) return 1 ;;
  esac
}

command=${1:-help}
[ $# -eq 0 ] || shift
case "$command $*" in
  "serve "*) [[ $* =~ ^(--port[=\ ][0-9]+)?$ ]] || wrong_usage "serve takes --port P and nothing else" ;;
  "test "*) is_test_argument "$@" || wrong_usage "test takes --quick, --long or the name of one suite" ;;
  "fuzz "*) [[ $* =~ ^([0-9]+(\ [a-z_]+)?)?$ ]] || wrong_usage "fuzz takes seconds, then the name of a target" ;;
  *) [ $# -eq 0 ] || wrong_usage "$command takes no arguments" ;;
esac
case $command in
  serve)
    need_build_tools
    # Before minutes of compiling.
    python3 build/serve.py "$DIST" "$@" --check
    build_site
    exec python3 build/serve.py "$DIST" "$@"
    ;;
  build)
    need_build_tools
    build_site
    node build/sizes.mjs "$DIST"
    ;;
  package)
    need_build_tools
    build_site
    build_package
    ;;
  single)
    need_build_tools
    build_site
    node build/single.mjs "$DIST"
    ;;
  test)
    need_build_tools
    [ -z "${1:-}" ] || need_test_tools
    case ${1:-} in
      "") run_suites ;;
      --quick) run_quick_suites ;;
      --long) run_long_suites ;;
      *) suite_command "$1" ;;
    esac
    ;;
  bench)
    need_build_tools
    need_test_tools
    build_site
    build_command
    run_benchmarks
    ;;
  fuzz)
    need_build_tools
    need_fuzz_tools
    fuzz "$@"
    ;;
  soak)
    need_build_tools
    need_test_tools
    build_site
    say "Playing for eight hours in the module (about 20 min)"
    node --expose-gc wasm-tests/soak.mjs
    say "Playing for ten minutes in Chromium"
    node wasm-tests/browser/soak.mjs
    say "Playing a live input and feedback of recorded tones for ten minutes each in Chromium"
    node wasm-tests/browser/tones_soak.mjs
    ;;
  audit)
    need_build_tools
    audit
    ;;
  screenshots)
    need_build_tools
    need_test_tools
    build_site
    say "Taking pictures (about 3 min)"
    node wasm-tests/browser/screenshots.mjs "$WORK/screenshots"
    say "They are in $WORK/screenshots"
    ;;
  pictures)
    need_build_tools
    need_test_tools
    build_site
    say "Taking the pictures of the manual and the README (about 2 min)"
    node wasm-tests/browser/pictures.mjs
    ;;
  support)
    need_build_tools
    need_test_tools
    build_site
    build_command
    render_references
    node wasm-tests/engines/support.mjs
    ;;
  train)
    need_build_tools
    need_banks
    train_model
    ;;
  timbre)
    need_build_tools
    train_timbre
    ;;
  help | --help | -h) usage ;;
  *) wrong_usage "there is no command \"$command\"" ;;
esac
