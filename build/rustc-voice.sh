#!/bin/sh
# Runs the Rust compiler for the workspace's crates of the worklet and the analysis module: cargo calls it with the compiler
# and its arguments. It vectorises `voice` when it compiles that crate: the link-time optimiser does so less well for the
# worklet, and not at all for the analysis module, which is linked for size. To link that one for speed costs 98 kB.
case " $* " in
*" --crate-name voice "*) exec "$@" -C "passes=function(slp-vectorizer)" ;;
*) exec "$@" ;;
esac
