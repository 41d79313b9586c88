//! What goes to a terminal besides data: colours if wanted, and talk as far as the user wants to hear it.

use std::io::{self, IsTerminal, Write};

use super::args::Colour;

/// The look of a stretch of text.
#[derive(Clone, Copy)]
pub(super) enum Look {
    Strong,
    Evidence,
    Faint,
}

/// Puts colour on text, or leaves it.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    /// For standard output.
    pub(super) fn for_output(colour: Colour) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let on = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => wanted && io::stdout().is_terminal(),
        };
        Self { on }
    }

    /// The text in a look; without colour, evidence stands between guillemets.
    pub(super) fn paint(self, look: Look, text: &str) -> String {
        match (self.on, look) {
            (true, Look::Strong) => format!("\u{1b}[1m{text}\u{1b}[0m"),
            (true, Look::Evidence) => format!("\u{1b}[1;33m{text}\u{1b}[0m"),
            (true, Look::Faint) => format!("\u{1b}[2m{text}\u{1b}[0m"),
            (false, Look::Evidence) => format!("\u{ab}{text}\u{bb}"),
            (false, _) => text.to_owned(),
        }
    }
}

/// What is said on standard error, as far as the user wants to hear it.
#[derive(Clone, Copy)]
pub(super) struct Talk {
    pub(super) quiet: bool,
    pub(super) verbose: bool,
}

impl Talk {
    /// Something the user should know.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            self.error(text);
        }
    }

    /// Something only a curious user wants to know.
    pub(super) fn detail(self, text: &str) {
        if self.verbose {
            self.error(text);
        }
    }

    /// Something that went wrong; said in any case.
    pub(super) fn error(self, text: &str) {
        // If even standard error is closed there is nobody left to tell.
        let _ = writeln!(io::stderr(), "{text}");
    }
}
