//! `kilde rules`: the frames' own examples as tests, and a list of the rules.

use std::io::{self, Write};

use anyhow::Result;

use super::{
    Done,
    args::{Rules, RulesCommand},
    input,
    terminal::Talk,
    work,
};
use crate::{
    document::Lang,
    extract::Lexicon,
    ontology::Ontology,
    pipeline::{Knowledge, Models},
    rules,
};

pub(super) fn run(args: Rules, talk: Talk) -> Result<Done> {
    match args.command {
        RulesCommand::Test {
            filter,
            knowledge,
            work,
        } => {
            work::use_threads(&work)?;
            let knowledge = input::knowledge(&knowledge)?;
            test(
                filter.as_deref().unwrap_or(""),
                &Models::find(work.models.as_deref()),
                &knowledge,
                talk,
            )
        }
        RulesCommand::List { filter } => list(filter.as_deref().unwrap_or("")),
    }
}

fn test(filter: &str, models: &Models, knowledge: &Knowledge, talk: Talk) -> Result<Done> {
    let mut out = io::stdout().lock();
    let (mut run, mut failed) = (0, 0);
    for lang in [Lang::En, Lang::Nb] {
        let Some(frames) = knowledge.lexicon.of(lang) else {
            continue;
        };
        let cases: Vec<_> = rules::cases(frames, lang)
            .into_iter()
            .filter(|case| case.rule.contains(filter))
            .collect();
        if cases.is_empty() {
            continue;
        }
        let failures = rules::test(&cases, models.of(lang)?, knowledge);
        run += cases.len();
        failed += failures.len();
        for failure in failures {
            write!(out, "{failure}")?;
        }
    }
    talk.note(&format!(
        "{run} examples: {} as they should be, {failed} not",
        run - failed
    ));
    Ok(if failed == 0 && run > 0 {
        Done::Well
    } else {
        Done::Partly
    })
}

fn list(filter: &str) -> Result<Done> {
    let lexicon = Lexicon::embedded(Ontology::embedded())?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut any = false;
    for frames in lexicon.all() {
        for frame in frames
            .frames
            .iter()
            .filter(|frame| frame.rule.contains(filter))
        {
            let words = [
                &frame.verbs,
                &frame.nouns,
                &frame.adjectives,
                &frame.offices,
            ];
            let words: Vec<String> = words
                .into_iter()
                .flatten()
                .map(|entry| entry.join(" "))
                .collect();
            writeln!(
                out,
                "{}\t{}\t{}",
                frame.rule,
                frame.relation,
                words.join(", ")
            )?;
            any = true;
        }
    }
    out.flush()?;
    Ok(if any { Done::Well } else { Done::Partly })
}
