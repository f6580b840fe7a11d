# shellcheck shell=bash
# Every check and test one after the other, one count at the end. A failing suite never hides nor stops the next one.

readonly LOGS=$WORK/test-logs RENDERS=$WORK/renders
export WORKLET_WASM=$DIST/worklet.wasm DECODER_ONNX=$DIST/decoder.onnx RENDERS

run_suites() {
  passed=0 failed=0 not_run=0 failures=()
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  suite "The rules of the house" node --test --test-reporter=spec build/house.test.mjs
  suite "Format of the Rust code" cargo fmt --all --check
  suite "Lints of the native crates (first time about 3 min)" \
    cargo clippy --quiet --locked --release --workspace --exclude bindgen --all-targets -- -D warnings
  suite "Lints of the wasm crates (first time about 2 min)" \
    cargo_wasm clippy --quiet -p worklet -p app -p analysis -- -D warnings
  suite "Lints of the build tool (first time about 1 min)" \
    cargo clippy --quiet --locked --profile tool -p bindgen -- -D warnings
  suite "Rust tests (first time about 10 min, most of it compiling)" \
    cargo test --quiet --locked --release --workspace --exclude bindgen --no-fail-fast
  suite "Documentation of the crates (about 1 min)" env RUSTDOCFLAGS="-D warnings" \
    cargo doc --quiet --locked --release --workspace --exclude bindgen --no-deps
  suite "The targets of hostile input (first time about 3 min)" fuzz_build
  suite "The site" "$ROOT/build.sh" build
  suite "The npm package" build_package
  suite "Types of the JavaScript" npm run --silent --prefix wasm-tests check
  suite "Native renders of factory presets to compare with (seconds)" render_references
  suite "The worklet module in Node" npm run --silent --prefix wasm-tests module
  suite "The map and a training within their budgets (about 1 min)" node build/bench.mjs "$TARGET/release/latent-pad"
  begin_fuzz
  suite "The page in Chromium, parts of it in Firefox and WebKitGTK (about 10 min)" npm run --silent --prefix wasm-tests browser
  wait "$fuzzing" && fuzz_status=0 || fuzz_status=$?
  trap - EXIT
  suite "Hostile input, $FUZZ_TEST_S s a target" tell_fuzz
  suite "Known faults and licences of what is used" audit
  report_suites
}

# suite NAME COMMAND...: runs it and adds what it counted; a suite that counts nothing is one test.
suite() {
  local name=$1 status good bad skipped log
  shift
  log="$LOGS/${name%% (*}.log"
  say "$name"
  set +e
  (set -e && "$@") </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  read -r good bad skipped < <(count "$log")
  if [ "$status" -ne 0 ]; then
    failures+=("${name%% (*} ($log)")
    [ "$bad" -gt 0 ] || bad=1
  elif [ $((good + bad + skipped)) -eq 0 ]; then
    good=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  not_run=$((not_run + skipped))
}

# Hostile input takes what the browsers' tests leave of the processors, which mostly wait: one target at a time, at the
# lowest priority. What it says is told when they are done.
begin_fuzz() {
  FUZZ_SAID=$WORK/fuzz-said
  (
    renice -n 19 "$BASHPID" >/dev/null
    fuzz_at_once=1
    fuzz_targets "$FUZZ_TEST_S" "${FUZZ_TEXTS[@]}"
  ) >"$FUZZ_SAID" 2>&1 </dev/null &
  fuzzing=$!
  # Whoever interrupts the tests does not wait for it.
  trap 'kill "$fuzzing" 2>/dev/null' EXIT
}

tell_fuzz() {
  cat "$FUZZ_SAID"
  return "$fuzz_status"
}

# Passed, failed and not run, by the closing lines of cargo test ("test result: ok. 3 passed; 0 failed; ...") and of
# node --test ("ℹ pass 3"), and by what says of itself that it was not run.
count() {
  awk '/^test result: / { good += $4; bad += $6 }
       /^ℹ pass / { good += $3 }
       /^ℹ (fail|cancelled) / { bad += $3 }
       /^ℹ skipped / { skipped += $3 }
       /^# not run: / { skipped++ }
       END { print good + 0, bad + 0, skipped + 0 }' "$1"
}

report_suites() {
  local failure
  for failure in "${failures[@]}"; do
    printf 'failed: %s\n' "$failure"
  done
  # Left out because something is not installed here; each says what.
  [ "$not_run" -eq 0 ] || printf '%d not run: %s\n' "$not_run" "$(grep -ho '# not run: .*' "$LOGS"/*.log | sort -u | sed 's/^# not run: //' | paste -sd ';')"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

# The command, where the Rust tests have not just built it. Built alone it has other features, and so has all of tract:
# the first time it compiles that anew.
build_command() {
  say "Compiling the command (first time about 6 min)"
  cargo build --quiet --locked --release -p latent-pad
}

# Twenty presets, as pairs NAME.json (the 41 values) and NAME.wav, made by the native voice: what the module must sound like.
render_references() {
  local banks=/usr/share/amsynth/banks latent_pad=$TARGET/release/latent-pad place preset
  [ -x "$latent_pad" ] || die "$latent_pad is missing: the Rust tests, which build it, did not compile"
  rm -rf "$RENDERS"
  mkdir -p "$RENDERS"
  for place in amsynth_factory.bank#{0,3,8,15,21,25} BriansBank{02,06,09,15,18,20}.amSynth.bank#{17,95} PatriksBank0{1,5}.bank#40; do
    preset=$RENDERS/${place//[.#]/-}
    "$latent_pad" show "$banks/$place" >"$preset.json"
    "$latent_pad" render "$banks/$place" -o "$preset.wav"
  done
}

run_benchmarks() {
  say "Timing the crates (about 5 min)"
  cargo bench --quiet --locked --bench '*'
  say "Timing the worklet's module against native code (under 1 min)"
  node wasm-tests/benchmark.mjs
  say "The module against a yardstick (seconds)"
  node wasm-tests/budget.mjs
  say "The map and a quick training against their budgets (about 2 min)"
  node build/bench.mjs "$TARGET/release/latent-pad"
  say "Timing the worklet in the browsers that are installed (under 2 min)"
  node wasm-tests/engines/benchmark.mjs
  say "Timing the page's frames in Chromium (under 1 min)"
  node wasm-tests/browser/frames.mjs
  say "Timing the first sound on a slow line in Chromium (under 2 min)"
  node wasm-tests/browser/first_sound.mjs
}
