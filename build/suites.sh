# shellcheck shell=bash
# Runs all checks and tests, with a log, a count and a time for each suite and a total at the end. Suites that leave a
# processor idle run in parallel. A failing suite must not stop the others. `./build.sh test SUITE` runs one suite.

readonly LOGS=$WORK/test-logs RENDERS=$WORK/renders
export WORKLET_WASM=$DIST/worklet.wasm DECODER_ONNX=$DIST/decoder.onnx RENDERS

# The suites in the order of the report.
readonly SUITES=(house format audit renders native site types package browser engines module budgets wasm-lints lints)
# The suites of `./build.sh test --quick`.
readonly QUICK=(house format native lints types)
# The suites of `./build.sh test --long`.
readonly RELEASE=(site package long fuzz)

# Browser tests of rare faults and of long work: `./build.sh test --long` runs them before a release, and no other suite
# does. The first lines of each file say why it is here.
readonly LONG=(codebook-imported consumers denied element-macros element-macros-ended element-rare from-sound-lost
  imported-rare imports-stored late-map lessons-lost lessons-reset macros-lost models offline-broken overload spoilt)
# Browser tests that compare with native renders or with the command.
readonly ENGINES=(engines path-saved sketch-saved worklet)
# Parallel files of browser tests, which mostly wait.
readonly BROWSERS_AT_ONCE=2

# suite_title NAME
suite_title() {
  case $1 in
    house) echo "House rules" ;;
    format) echo "Format of Rust, JavaScript and CSS, and lints of the JavaScript" ;;
    lints) echo "Lints and documentation of all crates (about 1 min)" ;;
    wasm-lints) echo "Lints of the wasm crates (under 1 min)" ;;
    native) echo "Rust tests (first time about 10 min, most of it compiling)" ;;
    site) echo "The site (first time about 6 min)" ;;
    package) echo "The npm package" ;;
    types) echo "Types of the JavaScript" ;;
    renders) echo "Native renders of presets for comparison (first time about 8 min, most of it compiling)" ;;
    module) echo "The worklet module in Node (about 3 min)" ;;
    budgets) echo "The map and a training within their budgets (about 1 min)" ;;
    browser) echo "The page in Chromium (about 15 min)" ;;
    long) echo "Rare faults and long work of the page in Chromium (about 10 min)" ;;
    engines) echo "The page and the worklet in Chromium, Firefox and WebKitGTK (about 2 min)" ;;
    fuzz) echo "Hostile input, found by coverage (first time about 15 min)" ;;
    audit) echo "Vulnerabilities and licences of the dependencies" ;;
  esac
}

# suite_command NAME: runs a suite with its output on the terminal. Package, types, browser and long need site. Long
# needs package. Module, engines and budgets need renders, which compiles the command; module and engines need site. The
# lints compile what native and site have not yet compiled.
suite_command() {
  local others
  case $1 in
    house) node --test --test-reporter=spec build/house.test.mjs build/rules.test.mjs build/scripts.test.mjs ;;
    format) format ;;
    lints) lint ;;
    wasm-lints) lint_wasm ;;
    native) native_tests ;;
    site) "$ROOT/build.sh" build ;;
    package) build_package ;;
    types) npm run --silent --prefix wasm-tests check ;;
    renders) build_command && render_references ;;
    module) npm run --silent --prefix wasm-tests module ;;
    budgets) node build/bench.mjs "$TARGET/release/latent-pad" ;;
    browser)
      mapfile -t others < <(other_browser_tests)
      browser_tests $BROWSERS_AT_ONCE "${others[@]}"
      ;;
    long) browser_tests $BROWSERS_AT_ONCE "${LONG[@]}" ;;
    engines) browser_tests 1 "${ENGINES[@]}" ;;
    fuzz) fuzz ;;
    audit) audit ;;
    *) return 1 ;;
  esac
}

run_suites() {
  begin_suites
  # A page that sounds or moves costs processor time as long as it is open, so browser tests have a higher priority than
  # the compilation and computation beside them. Packages are installed beside what compiles first.
  PRIORITY=15 lane house format audit after=tools renders native
  # The command, and what it renders, come before the Rust tests, which leave a processor idle.
  lane site types after=tools package browser after=renders.result engines
  PRIORITY=10 lane after=site.result after=renders.result module budgets
  # Not before: they use what those have compiled.
  PRIORITY=19 lane after=site.result wasm-lints after=native.result lints
  need_test_tools
  touch "$LOGS/tools"
  wait_for "${lanes[@]}"
  lanes=()
  report_suites "${SUITES[@]}"
}

# Checks the JavaScript types against the page that was built last.
run_quick_suites() {
  begin_suites
  [ -f "$WORK/app.js" ] || build_site
  lane format native lints
  lane house types
  wait_for "${lanes[@]}"
  lanes=()
  report_suites "${QUICK[@]}"
}

# The tests that no other command runs, the page's on a site and a package of now.
run_long_suites() {
  local name
  need_fuzz_tools
  begin_suites
  for name in "${RELEASE[@]}"; do
    suite "$name"
  done
  report_suites "${RELEASE[@]}"
}

begin_suites() {
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  trap stop_lanes EXIT
  trap 'exit 130' INT TERM
  SECONDS=0
}

# lane SUITE...: runs suites in sequence, in the background. At "after=FILE" it waits until that file is among the logs:
# "tools" once the packages are installed, "NAME.result" after a suite. PRIORITY is a nice value.
lanes=()
lane() {
  # In its own process group, so that an interrupt ends every process that the tests started.
  set -m
  (
    [ -z "${PRIORITY:-}" ] || renice -n "$PRIORITY" "$BASHPID" >/dev/null
    local name
    for name in "$@"; do
      case $name in
        after=*) wait_for_log "${name#after=}" ;;
        *) suite "$name" ;;
      esac
    done
  ) </dev/null &
  lanes+=($!)
  set +m
}

# wait_for_log FILE: fails if everything that could write it has ended: this script, and the lanes that began earlier.
wait_for_log() {
  local writers=("${lanes[@]}") alive
  [ "$1" != tools ] || writers=($$)
  until [ -e "$LOGS/$1" ]; do
    # Asked before the file is looked for again: it may be the last thing that a lane writes.
    if kill -0 "${writers[@]}" 2>/dev/null; then alive=yes; else alive=no; fi
    sleep 1
    [ $alive = yes ] || [ -e "$LOGS/$1" ] || die "$1 never came: what writes it has ended"
  done
}

# wait_for LANE...
wait_for() { wait "$@" || true; }

stop_lanes() {
  local group
  for group in "${lanes[@]}"; do
    kill -- "-$group" 2>/dev/null || true
  done
}

# suite NAME: runs a suite into a log and records seconds, seconds of processor time, passed, failed and not run; a
# suite without counts is one test.
suite() {
  local name=$1 title log=$LOGS/$1.log began=$SECONDS status user system good bad skipped
  local TIMEFORMAT='%0U %0S'
  title=$(suite_title "$name")
  say "$title"
  set +e
  { time logged "$name" "$log"; } 2>"$LOGS/$name.time"
  status=$?
  set -e
  read -r user system <"$LOGS/$name.time"
  read -r good bad skipped < <(count "$log")
  if [ "$status" -ne 0 ]; then
    [ "$bad" -gt 0 ] || bad=1
  elif [ $((good + bad + skipped)) -eq 0 ]; then
    good=1
  fi
  printf '%d %d %d %d %d\n' $((SECONDS - began)) $((user + system)) "$good" "$bad" "$skipped" >"$LOGS/$name.result"
  if [ "$bad" -gt 0 ]; then
    # A single write, so that output of the other lane does not mix in.
    printf '%s\n' "$(failures_of "$log")
$(tail -n 60 "$log")
${title%% (*}: $bad failed, in $(minutes $((SECONDS - began))); the output is in $log"
  else
    printf '%s: %d passed in %s\n' "${title%% (*}" "$good" "$(minutes $((SECONDS - began)))"
  fi
}

# logged NAME LOG: runs a suite into a log. A function of its own: bash would write the time of a subshell into the log.
logged() { (set -e && suite_command "$1") </dev/null >"$2" 2>&1; }

# The lines that name failed tests and their reasons: the end of a log alone may be of later tests.
failures_of() {
  local failure="^(test .* FAILED|thread '.*' .*panicked|---- .* stdout ----|.*✖ |error: test failed)"
  grep -E -A 4 "$failure" "$1" | head -n 120 || true
}

# format: biome.json has the rules of the scripts and style sheets.
format() {
  cargo fmt --all --check
  rustfmt --edition 2024 --check crate/build/inventory/src/lib.rs
  wasm-tests/node_modules/.bin/biome check --error-on-warnings .
}

# lint: lints and documents all crates for this machine, with the features of the tests and of the site, which have
# compiled all dependencies.
lint() {
  export DOCUMENTATION=$TARGET/doc
  linting cargo build --quiet --locked --release --workspace --exclude bindgen --exclude panel_types --all-targets
  linting cargo build --quiet --locked --profile tool -p bindgen -p panel_types -p protocol
  cargo clippy --quiet --locked --release -p inventory --all-targets -- -D warnings
  RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --release -p inventory --no-deps
}

# lint_wasm: lints the wasm crates in the same calls as build_site.
lint_wasm() {
  linting cargo_wasm build --quiet "${WASM_SOUND[@]}"
  linting cargo_wasm build --quiet "${WASM_PAGE[@]}"
  linting cargo_wasm build --quiet "${WASM_PATHS[@]}"
  linting cargo_wasm build --quiet "${WASM_SOURCES[@]}"
}

# linting COMMAND ARGUMENT...: runs cargo with build/rustc-lints.sh in place of the compiler. Its
# output for our crates is no program, so it stays out of the folder of finished programs.
linting() {
  PATH=$ROOT/build:$PATH RUSTC_WORKSPACE_WRAPPER=rustc-lints.sh \
    CARGO_TARGET_DIR=$WORK/lints CARGO_BUILD_BUILD_DIR=$TARGET "$@"
}

# In several calls, because one that names tests leaves out documentation, and cargo tests no crates of others beside
# the workspace's. The lints check the examples: here they would be minutes of optimised code that no test runs.
native_tests() {
  local failed=0
  local tests=(
    cargo test --quiet --locked --release --workspace --exclude bindgen --exclude panel_types --no-fail-fast
  )
  "${tests[@]}" --lib --bins --tests || failed=1
  "${tests[@]}" --doc || failed=1
  cargo test --quiet --locked --release -p inventory --lib || failed=1
  return $failed
}

# minutes SECONDS
minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }

# browser_tests AT_ONCE NAME...: runs these files of browser tests, so many in parallel.
browser_tests() {
  local at_once=$1 files
  shift
  files=("${@/#/browser/}")
  (cd wasm-tests && node --test --test-reporter=spec --test-concurrency="$at_once" "${files[@]/%/.test.mjs}")
}

# The browser tests that no other suite runs.
other_browser_tests() {
  local file name
  for file in wasm-tests/browser/*.test.mjs; do
    name=$(basename "$file" .test.mjs)
    case " ${ENGINES[*]} ${LONG[*]} " in
      *" $name "*) ;;
      *) echo "$name" ;;
    esac
  done
}

# Counts passed, failed and not run in the summaries of cargo test ("test result: ok. 3 passed; 0 failed; ...") and of
# node --test ("ℹ pass 3"), and in lines that begin with "# not run: ".
count() {
  awk '/^test result: / { good += $4; bad += $6 }
       /^ℹ pass / { good += $3 }
       /^ℹ (fail|cancelled) / { bad += $3 }
       /^ℹ skipped / { skipped += $3 }
       /^# not run: / { skipped++ }
       END { print good + 0, bad + 0, skipped + 0 }' "$1"
}

# report_suites NAME...: prints a line for each suite, the failures, and the total. A suite without a result was
# interrupted, which counts as a failure.
report_suites() {
  local name title seconds busy good bad skipped passed=0 failed=0 not_run=0 failures=()
  say "Time, processor time, passed and failed of each suite"
  for name in "$@"; do
    title=$(suite_title "$name")
    title=${title%% (*}
    seconds=0 busy=0 good=0 bad=1 skipped=0
    [ ! -f "$LOGS/$name.result" ] || read -r seconds busy good bad skipped <"$LOGS/$name.result"
    printf '%11s %11s %5d %4d  %s\n' "$(minutes "$seconds")" "$(minutes "$busy")" "$good" "$bad" "$title"
    [ "$bad" -eq 0 ] || failures+=("failed: $title ($LOGS/$name.log)")
    passed=$((passed + good))
    failed=$((failed + bad))
    not_run=$((not_run + skipped))
  done
  printf '%11s in all\n' "$(minutes $SECONDS)"
  [ ${#failures[@]} -eq 0 ] || printf '%s\n' "${failures[@]}"
  # Skipped because something is not installed; each line says what.
  [ "$not_run" -eq 0 ] || printf '%d not run: %s\n' "$not_run" "$(reasons_not_run)"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

reasons_not_run() { grep -ho '# not run: .*' "$LOGS"/*.log | sort -u | sed 's/^# not run: //' | paste -sd ';'; }

# Builds the command with the features of the whole workspace, like the Rust tests: alone, it would compile all of tract
# again.
build_command() {
  say "Compiling the command (first time about 6 min)"
  cargo build --quiet --locked --release --workspace --exclude bindgen --exclude panel_types --bin latent-pad
}

# Renders twenty presets natively for comparison with the module, as pairs of NAME.json (the 41 values) and NAME.wav, a
# path with operators, and sounds through two latent spaces of timbre.
render_references() {
  local banks=/usr/share/amsynth/banks latent_pad=$TARGET/release/latent-pad place preset domain
  [ -x "$latent_pad" ] || die "$latent_pad is missing: it did not compile"
  rm -rf "$RENDERS"
  mkdir -p "$RENDERS"
  for place in amsynth_factory.bank#{0,3,8,15,21,25} BriansBank{02,06,09,15,18,20}.amSynth.bank#{17,95} \
    PatriksBank0{1,5}.bank#40; do
    preset=$RENDERS/${place//[.#]/-}
    "$latent_pad" show "$banks/$place" >"$preset.json"
    "$latent_pad" render "$banks/$place" -o "$preset.wav"
  done
  mkdir "$RENDERS/path"
  "$latent_pad" path wasm-tests/engines/path.json --reverse --scale 1.2 --randomise 0.3 --seed 7 --smooth 0.1 \
    --loop 0.5 --save "$RENDERS/path/drift.json" -o "$RENDERS/path/drift.wav" --tail 1
  mkdir "$RENDERS/timbre"
  "$latent_pad" render "$banks/amsynth_factory.bank#0" --notes 48:100:0:30000,55:100:0:30000,64:100:0:30000 \
    --seconds 1 -o "$RENDERS/timbre/chord.wav"
  "$latent_pad" render "$banks/amsynth_factory.bank#8" --seconds 1.5 -o "$RENDERS/timbre/note.wav"
  "$latent_pad" timbre transfer "$RENDERS/timbre/chord.wav" --domain textures --strength 0.9 \
    -o "$RENDERS/timbre/textures-transfer.wav"
  # The pitch of a chord's frame may depend on the last bit of its spectrum, so strings get a note.
  "$latent_pad" timbre transfer "$RENDERS/timbre/note.wav" --domain strings --strength 0.9 \
    -o "$RENDERS/timbre/strings-transfer.wav"
  for domain in textures strings; do
    "$latent_pad" timbre interpolate "$RENDERS/timbre/chord.wav" "$RENDERS/timbre/note.wav" --domain $domain \
      --curve 0,1.2,0.5 -o "$RENDERS/timbre/$domain-between.wav"
  done
}

run_benchmarks() {
  say "Measured on: $(processor)"
  say "Timing the crates (about 5 min)"
  cargo bench --quiet --locked --bench '*'
  say "Timing the worklet's module against native code (under 1 min)"
  node wasm-tests/benchmark.mjs
  say "Timing the module against a reference workload (seconds)"
  node wasm-tests/budget.mjs
  say "Timing the map and a quick training (about 2 min)"
  node build/bench.mjs "$TARGET/release/latent-pad"
  say "Timing the worklet in the browsers that are installed (under 2 min)"
  node wasm-tests/engines/benchmark.mjs
  say "Timing the page's frames in Chromium (under 1 min)"
  node wasm-tests/browser/frames.mjs
  say "Timing the first sound on a slow line in Chromium (under 2 min)"
  node wasm-tests/browser/first_sound.mjs
  say "Measured on: $(processor)"
}

# The name and the number of the processors, which every figure must state.
processor() {
  local model
  model=$(sed -n 's/^model name[[:space:]]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
  printf '%s, %d processors\n' "${model:-$(uname -m)}" "$(nproc)"
}
