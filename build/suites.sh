# shellcheck shell=bash
# Every check and test one after the other, one count at the end. A failing suite never hides nor stops the next one.

readonly LOGS=$WORK/test-logs RENDERS=$WORK/renders
export WORKLET_WASM=$DIST/worklet.wasm DECODER_ONNX=$DIST/decoder.onnx RENDERS

run_suites() {
  passed=0 failed=0 failures=()
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  suite "Format of the Rust code" cargo fmt --all --check
  suite "Lints of the native crates (first time about 3 min)" \
    cargo clippy --quiet --locked --release --workspace --exclude bindgen --all-targets -- -D warnings
  suite "Lints of the wasm crates (first time about 2 min)" \
    cargo_wasm clippy --quiet -p worklet -p app -- -D warnings
  suite "Lints of the build tool (first time about 1 min)" \
    cargo clippy --quiet --locked --profile tool -p bindgen -- -D warnings
  suite "Rust tests (first time about 10 min, most of it compiling)" \
    cargo test --quiet --locked --release --workspace --exclude bindgen --no-fail-fast
  suite "The site" "$ROOT/build.sh" build
  suite "Types of the JavaScript" npm run --silent --prefix wasm-tests check
  suite "Native renders of factory presets to compare with (under 1 min)" render_references
  suite "The worklet module in Node" npm run --silent --prefix wasm-tests module
  suite "The page in Chromium (about 3 min)" npm run --silent --prefix wasm-tests browser
  report_suites
}

# suite NAME COMMAND...: runs it and adds what it counted; a suite that counts nothing is one test.
suite() {
  local name=$1 status good bad log
  shift
  log="$LOGS/${name%% (*}.log"
  say "$name"
  set +e
  (set -e && "$@") </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  read -r good bad < <(count "$log")
  if [ "$status" -ne 0 ]; then
    failures+=("${name%% (*} ($log)")
    [ "$bad" -gt 0 ] || bad=1
  elif [ $((good + bad)) -eq 0 ]; then
    good=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
}

# The closing lines of cargo test ("test result: ok. 3 passed; 0 failed; ...") and of node --test ("ℹ pass 3").
count() {
  awk '/^test result: / { good += $4; bad += $6 }
       /^ℹ pass / { good += $3 }
       /^ℹ (fail|cancelled) / { bad += $3 }
       END { print good + 0, bad + 0 }' "$1"
}

report_suites() {
  local failure
  for failure in "${failures[@]}"; do
    printf 'failed: %s\n' "$failure"
  done
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

# Pairs NAME.json (the 41 values) and NAME.wav, made by the native voice: what the module must sound like.
render_references() {
  local bank=/usr/share/amsynth/banks/amsynth_factory.bank index preset
  cargo build --quiet --locked --release -p latent-pad
  rm -rf "$RENDERS"
  mkdir -p "$RENDERS"
  for index in 0 5 17 29 40 52 63 77 90 101; do
    preset=$RENDERS/factory-$index
    "$TARGET/release/latent-pad" show "$bank#$index" >"$preset.json"
    "$TARGET/release/latent-pad" render "$bank#$index" -o "$preset.wav"
  done
}

run_benchmarks() {
  say "Timing the crates (about 5 min)"
  cargo bench --quiet --locked --bench '*'
  say "Timing the worklet in Chromium (under 1 min)"
  node wasm-tests/browser/benchmark.mjs
}
