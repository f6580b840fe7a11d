//! The progress bar of long calls; draws nothing without a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar with the label `what`.
pub fn bar(what: &'static str) -> ProgressBar {
    ProgressBar::new(0).with_message(what).with_style(
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// Advances the bar by `done`; another label, or 0 done, restarts it.
pub fn advance(bar: &ProgressBar, what: &'static str, of: usize, done: usize) {
    if done == 0 || bar.message() != what {
        bar.set_message(what);
        bar.set_length(of as u64);
        bar.set_position(0);
        bar.reset_eta();
    }
    bar.inc(done as u64);
}
