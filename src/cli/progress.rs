//! Progress on long work: on standard error, only if that is a terminal and the user did not ask for quiet.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Talk;

/// A bar over a number of steps that is known, or a counter where it is not (`steps` 0).
pub(super) fn bar(talk: Talk, steps: u64, what: &str) -> ProgressBar {
    if talk.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if steps == 0 {
        format!("{{spinner}} {{human_pos}} {what} {{msg}}")
    } else {
        format!("{{bar:30}} {{human_pos}}/{{human_len}} {what}, {{eta}} left {{msg}}")
    };
    let bar = ProgressBar::new(steps);
    // A template that indicatif refuses would only cost the looks.
    bar.set_style(
        ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}
