//! The command line: arguments, and one file per command. Each command calls the library and writes; it decides nothing.

mod args;
mod build;
mod claims;
mod explain;
mod export;
mod extract;
mod formats;
mod import;
mod input;
mod ontology;
mod parse;
mod progress;
mod push;
mod query;
mod rules;
mod terminal;
mod work;

pub use args::Args;

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;

use args::Command;
use terminal::Talk;

use crate::text::printable;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// All was well.
    Well,
    /// Some input was rejected, or nothing was found.
    Partly,
}

/// Runs a command; the exit code is 0, 1 or 2 as `--help` says.
#[must_use]
pub fn run(args: Args) -> ExitCode {
    let talk = Talk {
        quiet: args.talk.quiet,
        verbose: args.talk.verbose,
    };
    match command(args, talk) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Partly) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk.error(&printable(&format!("kilde: {error:#}")));
            ExitCode::from(2)
        }
    }
}

fn command(args: Args, talk: Talk) -> Result<Done> {
    match args.command {
        Command::Build(build) => build::run(&build, talk),
        Command::Query(query) => query::run(&query),
        Command::Queries(queries) => query::list(&queries),
        Command::Claims(claims) => claims::claims(&claims),
        Command::Mentions(mentions) => claims::mentions(&mentions),
        Command::Explain(explain) => explain::run(&explain, args.talk.color),
        Command::Export(export) => export::run(&export, talk),
        Command::Import(import) => import::run(&import, talk),
        Command::Push(push) => push::run(&push, talk),
        Command::Ontology(ontology) => ontology::run(&ontology),
        Command::Extract(extract) => extract::run(&extract, talk),
        Command::Parse(parse) => parse::run(&parse),
        Command::Rules(rules) => rules::run(rules, talk),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "kilde", &mut std::io::stdout());
            Ok(Done::Well)
        }
        Command::Man => {
            clap_mangen::Man::new(Args::command()).render(&mut std::io::stdout())?;
            Ok(Done::Well)
        }
    }
}

/// A reader that has seen enough is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(pipe)
}
