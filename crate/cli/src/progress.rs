//! The bar that long calls show on a terminal; nothing is drawn where there is none.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of things to be done, named by `what`.
pub fn bar(what: &'static str) -> ProgressBar {
    ProgressBar::new(0).with_message(what).with_style(
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// Adds what was done to the bar of `what`; another `what`, or nothing done yet, starts it again.
pub fn advance(bar: &ProgressBar, what: &'static str, of: usize, done: usize) {
    if done == 0 || bar.message() != what {
        bar.set_message(what);
        bar.set_length(of as u64);
        bar.set_position(0);
        bar.reset_eta();
    }
    bar.inc(done as u64);
}
