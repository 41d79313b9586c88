//! The command line: arguments, and one file per command. Each command calls the library and writes; it decides nothing.

mod args;
mod build;
mod claims;
mod corrections;
mod coverage;
mod diff;
mod disputes;
mod eval;
mod explain;
mod export;
mod extract;
mod forget;
mod formats;
mod import;
mod input;
mod ontology;
mod output;
mod parse;
mod path;
mod progress;
mod push;
mod query;
mod report;
mod review;
mod rules;
mod terminal;
mod verify;
mod why_merged;
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
        Command::Eval(eval) => eval::run(&eval, talk),
        Command::Export(export) => export::run(&export, talk),
        Command::Forget(forget) => forget::run(&forget, talk),
        Command::Corrections(args) => corrections::run(&args, talk),
        Command::Import(import) => import::run(&import, talk),
        Command::Push(push) => push::run(&push, talk),
        Command::Ontology(ontology) => ontology::run(&ontology),
        Command::Extract(extract) => extract::run(&extract, talk),
        Command::Parse(parse) => parse::run(&parse),
        Command::Rules(rules) => rules::run(rules, talk),
        Command::Verify(verify) => verify::run(&verify, talk),
        Command::Lock(lock) => verify::lock(&lock),
        Command::Diff(diff) => diff::run(&diff, talk),
        Command::Disputes(disputes) => disputes::run(&disputes, talk),
        Command::Path(path) => path::run(&path, talk),
        Command::Report(report) => report::run(&report),
        Command::Review(review) => review::run(&review, talk, args.talk.color),
        Command::Coverage(coverage) => coverage::run(&coverage, talk),
        Command::WhyMerged(names) => why_merged::run(&names),
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
