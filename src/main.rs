//! Kilde reads news and reports and builds a knowledge graph in which every edge has a source.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    kilde::cli::run(kilde::cli::Args::parse())
}
