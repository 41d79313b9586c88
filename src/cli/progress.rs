//! Progress on long work: on standard error, only if that is a terminal and the user did not ask for quiet.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Talk;

/// A bar over a number of bytes, or a counter of bytes where the number is not known (0: standard input).
pub(super) fn bar(talk: Talk, bytes: u64) -> ProgressBar {
    if talk.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if bytes == 0 {
        "{spinner} {bytes} read, {bytes_per_sec}"
    } else {
        "{bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left"
    };
    let bar = ProgressBar::new(bytes);
    // A template that indicatif refuses would only cost the looks.
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}
