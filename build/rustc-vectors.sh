#!/bin/sh
# Runs the Rust compiler for the workspace's crates of the worklet, the workers' modules and the sources of sound: cargo calls it
# with the compiler and its arguments. It vectorises the crates that compute samples and frames when it compiles them: the link-time
# optimiser does so less well for the worklet, and not at all for modules that are linked for size. To link the analysis for
# speed costs 98 kB, the transforms of tones 27 kB. The loops of `timbre` are written side by side already: to vectorise others
# there, too, takes a tenth less time and 6 kB.
case " $* " in
*" --crate-name voice "* | *" --crate-name timbre "*) exec "$@" -C "passes=function(slp-vectorizer)" ;;
*" --crate-name spectral "* | *" --crate-name frame_model "*) exec "$@" -C "passes=function(loop-vectorize,slp-vectorizer)" ;;
*) exec "$@" ;;
esac
