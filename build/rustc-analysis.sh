#!/bin/sh
# Runs the Rust compiler for the workspace's crates of the analysis module: cargo calls it with the compiler and its
# arguments. It vectorises `voice` when it compiles that crate: the module is linked for size, and then the link-time
# optimiser vectorises nothing, which would nearly double the time of a search. To link for speed costs 98 kB.
case " $* " in
*" --crate-name voice "*) exec "$@" -C "passes=function(slp-vectorizer)" ;;
*) exec "$@" ;;
esac
