#!/bin/sh
# Runs the Rust compiler for the crates of the worklet, the workers' modules and the sources of sound. Cargo calls it
# with the compiler and its arguments. It vectorises the crates that compute samples and frames while it compiles them,
# because the link-time optimiser vectorises the worklet less well, and modules that are linked for size not at all.
# Linking for speed instead costs 98 kB in the analysis and 27 kB in the transforms of tones. The loops of `timbre` are
# written side by side already; vectorising its other loops, too, saves a tenth of the time and costs 6 kB.
case " $* " in
*" --crate-name voice "* | *" --crate-name timbre "*) exec "$@" -C "passes=function(slp-vectorizer)" ;;
*" --crate-name spectral "* | *" --crate-name frame_model "*) exec "$@" -C "passes=function(loop-vectorize,slp-vectorizer)" ;;
*) exec "$@" ;;
esac
