//! `kilde eval`: reads the texts of a gold folder (or takes claims made elsewhere) and compares.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Done, args::Eval, input, terminal::Talk};
use crate::{
    claim::JsonView,
    eval::{self, GoldDocument, Score},
};

pub(super) fn run(args: &Eval, talk: Talk) -> Result<Done> {
    let only = regex::Regex::new(&args.only).with_context(|| format!("--only {}", args.only))?;
    let documents = eval::read_gold(&args.gold, &only)?;
    let (claims, mentions) = if let Some(file) = &args.claims {
        (
            lines(file)?,
            args.mentions.as_deref().map(lines).transpose()?,
        )
    } else {
        let (claims, mentions) = read_texts(&documents, args, talk)?;
        (claims, Some(mentions))
    };
    let score = eval::score(&documents, &claims, mentions.as_deref());
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(out, "{:#}", score.json())?;
    } else {
        for line in shown(&score, args) {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(Done::Well)
}

fn read_texts(
    documents: &[GoldDocument],
    args: &Eval,
    talk: Talk,
) -> Result<(Vec<Value>, Vec<Value>)> {
    let paths: Vec<_> = documents
        .iter()
        .map(|document| document.path.clone())
        .collect();
    let knowledge = input::knowledge(&args.reading.knowledge)?;
    let (mut claims, mut mentions) = (Vec::new(), Vec::new());
    input::read_inputs(
        &paths,
        &args.reading,
        talk,
        &knowledge,
        &mut |_, _, _| true,
        |reading| {
            let view = JsonView::new(&reading.article, &reading.entities, knowledge.ontology());
            claims.extend(reading.claims.iter().map(|claim| view.claim(claim)));
            mentions.extend(reading.mentions.iter().map(|mention| view.mention(mention)));
            Ok(())
        },
    )?;
    Ok((claims, mentions))
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let full = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    full.map(|(number, line)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1))
    })
    .collect()
}

fn shown(score: &Score, args: &Eval) -> Vec<String> {
    let found = &score.claims;
    let mut lines = Vec::new();
    match args.by.as_deref() {
        // The rules that were wrong most often come first.
        Some("rule") => {
            let mut rules: Vec<_> = found.rules.iter().collect();
            rules.sort_by_key(|(rule, tally)| (std::cmp::Reverse(tally.wrong), (*rule).clone()));
            lines.extend(rules.into_iter().map(|(rule, tally)| tally.line(rule)));
        }
        Some(part) => lines.extend(
            found
                .parts
                .get(part)
                .into_iter()
                .flatten()
                .map(|(name, tally)| tally.line(name)),
        ),
        None => {}
    }
    lines.extend(
        found
            .misses
            .iter()
            .take(args.misses)
            .map(|miss| format!("missed | {} | {}", miss.document, miss.claim.join(" | "))),
    );
    let wrong = |wrong: &eval::Wrong| {
        format!(
            "wrong | {} | {} | {}",
            wrong.document,
            wrong.claim.join(" | "),
            wrong.rule
        )
    };
    lines.extend(found.wrongs.iter().take(args.misses).map(wrong));
    for (kind, tally) in found.parts.get("kind").into_iter().flatten() {
        lines.push(tally.line(&format!("claims, {kind}")));
    }
    for name in ["modality", "speaker", "date", "place"] {
        let attribute = found.attributes.get(name).copied().unwrap_or_default();
        let f1 = attribute
            .f1()
            .map_or("None".to_owned(), |f1| f1.to_string());
        lines.push(format!(
            "attribute {name:<10} F1 {f1}   gold {} given {} right {}",
            attribute.gold, attribute.given, attribute.right
        ));
    }
    lines.extend(score.entities.map(eval::Entities::line));
    lines.push(score.kept_edges.line("edges in the graph"));
    lines.push(score.edges.line("plain edges"));
    lines.push(found.total.line("claims"));
    lines
}
