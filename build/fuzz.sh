# shellcheck shell=bash
# Runs every fuzz target for some seconds, starting from the stored seeds. Stable Rust and a C++ compiler are enough,
# because the readers that are tested contain no unsafe code of ours (`#![forbid(unsafe_code)]`):
# no memory sanitizer is needed.

readonly FUZZ=$WORK/fuzz
# The large ones run last, because compiling tract and symphonia with coverage takes minutes.
readonly FUZZ_SMALL=(preset bank tuning controller_map link session imports path map coordinates matching sketch frames)
readonly FUZZ_LARGE=(instrument model sound)
# The flags that `cargo fuzz --sanitizer none` passes to rustc.
readonly FUZZ_FLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
# The memory limit of a target in MB, and the time limit of one input in seconds.
readonly FUZZ_MEMORY_MB=1024 FUZZ_PATIENCE_S=20

# fuzz [SECONDS [TARGET]]: runs all targets, or one.
fuzz() {
  local seconds=${1:-10} target=${2:-} name
  local small=() large=()
  for name in "${FUZZ_SMALL[@]}"; do
    [ "${target:-$name}" != "$name" ] || small+=("$name")
  done
  for name in "${FUZZ_LARGE[@]}"; do
    [ "${target:-$name}" != "$name" ] || large+=("$name")
  done
  [ $((${#small[@]} + ${#large[@]})) -gt 0 ] || die "there is no target \"$target\"; fuzz/README.md lists them"
  local broken=0
  if [ ${#small[@]} -gt 0 ]; then
    fuzz_build
    fuzz_targets "$seconds" "${small[@]}" || broken=1
  fi
  if [ ${#large[@]} -gt 0 ]; then
    say "Compiling the large targets (first time about 10 min)"
    fuzz_build --features large
    fuzz_targets "$seconds" "${large[@]}" || broken=1
  fi
  return $broken
}

# fuzz_build [FEATURES...]: builds the targets that need these features.
fuzz_build() {
  # A target triple keeps the flags away from build scripts.
  RUSTFLAGS=$FUZZ_FLAGS cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml \
    --target "$(host_triple)" --target-dir "$TARGET/fuzz" --bins "$@"
}

host_triple() { rustc -vV | sed -n 's/^host: //p'; }

# fuzz_targets SECONDS NAME...: runs each target for that time, as many in parallel as there are processors. New
# inputs stay beside the build; a failing input is named and stored in target/site/fuzz/NAME-....
fuzz_targets() {
  local seconds=$1 name waiting broken=0
  local running=()
  shift
  for name in "$@"; do
    if [ ${#running[@]} -ge "$(nproc)" ]; then
      wait "${running[0]}" || broken=1
      running=("${running[@]:1}")
    fi
    fuzz_target "$seconds" "$name" &
    running+=($!)
  done
  for waiting in "${running[@]}"; do
    wait "$waiting" || broken=1
  done
  return $broken
}

# fuzz_target SECONDS NAME
fuzz_target() {
  local seconds=$1 name=$2
  local inputs=("$FUZZ/$name")
  # The caller collects failures, which keeps bash from ending here by itself.
  mkdir -p "$FUZZ/$name" || return 1
  [ ! -d "fuzz/seeds/$name" ] || inputs+=("fuzz/seeds/$name")
  case $name in
    model) cp models/*.onnx "$FUZZ/$name" || return 1 ;;
    sound) inputs+=(crate/lab/cli/tests/sounds) ;;
  esac
  if "$TARGET/fuzz/$(host_triple)/release/$name" "${inputs[@]}" -max_total_time="$seconds" -timeout=$FUZZ_PATIENCE_S \
    -rss_limit_mb=$FUZZ_MEMORY_MB -malloc_limit_mb=$FUZZ_MEMORY_MB -artifact_prefix="$FUZZ/$name-" \
    -print_final_stats=1 >"$FUZZ/$name.log" 2>&1; then
    printf 'fuzz %s: nothing found in %s inputs\n' "$name" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "$FUZZ/$name.log")"
  else
    tail -n 25 "$FUZZ/$name.log"
    printf 'fuzz %s: FOUND, see %s\n' "$name" "$FUZZ/$name.log"
    return 1
  fi
}
