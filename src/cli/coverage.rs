//! `kilde coverage`: what is not read, most frequent first: predicates between actors without a frame, and sentences that
//! name two actors and give no claim.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
};

use anyhow::Result;
use serde_json::json;

use super::{Done, args::Coverage, input, terminal::Talk};
use crate::{
    extract::Predicate,
    pipeline::{Models, meetings},
    text::printable,
};

#[derive(Default)]
struct Sums {
    sentences: usize,
    told: usize,
    predicates: BTreeMap<Predicate, usize>,
    silent: Vec<(String, String)>,
}

pub(super) fn run(args: &Coverage, talk: Talk) -> Result<Done> {
    let knowledge = input::knowledge(&args.reading.knowledge)?;
    let models = Models::find(args.reading.work.models.as_deref());
    let mut sums = Sums::default();
    let take = |reading: crate::claim::Reading| {
        for meeting in meetings(&reading, &models, &knowledge)? {
            sums.sentences += 1;
            sums.told += usize::from(meeting.told);
            if !meeting.told {
                let words = meeting.span.slice(&reading.article.text).to_owned();
                sums.silent.push((reading.article.id.clone(), words));
            }
            for predicate in meeting.predicates {
                *sums.predicates.entry(predicate).or_default() += 1;
            }
        }
        Ok(())
    };
    let every = &mut |_: &_, _: Option<&_>, _: &_| true;
    let refusals = input::read_inputs(&args.inputs, &args.reading, talk, &knowledge, every, take)?;
    let mut out = BufWriter::new(io::stdout().lock());
    write(&sums, args, &mut out)?;
    out.flush()?;
    Ok(if sums.sentences > 0 && refusals.count() == 0 {
        Done::Well
    } else {
        Done::Partly
    })
}

fn write(sums: &Sums, args: &Coverage, out: &mut impl Write) -> Result<()> {
    let all: usize = sums.predicates.values().sum();
    let known = sums.predicates.iter().filter(|(one, _)| one.known);
    let known: usize = known.map(|(_, count)| count).sum();
    let mut unknown: Vec<(&Predicate, &usize)> = sums
        .predicates
        .iter()
        .filter(|(one, _)| !one.known)
        .collect();
    unknown.sort_by_key(|&(one, count)| (std::cmp::Reverse(count), one));
    unknown.retain(|(_, count)| **count >= args.least);
    if args.json {
        let rows: Vec<_> = unknown
            .iter()
            .map(|(one, count)| json!({"lemma": one.lemma, "kind": one.kind, "count": count}))
            .collect();
        let untold: Vec<_> = sums
            .silent
            .iter()
            .filter(|_| args.sentences)
            .map(|(document, text)| json!({"document": document, "text": text}))
            .collect();
        let line = json!({"sentences": sums.sentences, "with_claim": sums.told, "predicates": all, "known": known, "unknown": rows, "without_claim": untold});
        writeln!(out, "{line}")?;
        return Ok(());
    }
    writeln!(
        out,
        "{} sentences with two actors or more, {} of them with a claim ({})",
        sums.sentences,
        sums.told,
        share(sums.told, sums.sentences)
    )?;
    writeln!(
        out,
        "{all} predicates between two actors, {known} of them known ({})",
        share(known, all)
    )?;
    for (one, count) in unknown {
        writeln!(
            out,
            "{count:>6}  {:<9}  {}",
            one.kind,
            printable(&one.lemma)
        )?;
    }
    if args.sentences {
        for (document, text) in &sums.silent {
            writeln!(out, "{}\t{}", printable(document), printable(text))?;
        }
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "none".to_owned();
    }
    format!("{:.1} %", 100.0 * part as f64 / whole as f64)
}
