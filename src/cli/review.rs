//! `kilde review`: the least certain claims, one after the other; what the reader decides is written as corrections, a line
//! each, in `review.toml` beside the other corrections. Answers are read from standard input.

use std::{
    fs,
    io::{self, BufRead, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};

use super::{
    Done,
    args::{Colour, Review},
    explain,
    terminal::{Paint, Talk},
};
use crate::{
    document::PartialDate,
    store::{Store, StoredDocument},
    text::printable,
};

const HELP: &str = "a accept · r reject · e edit · s skip · q quit";
const FIELDS: &str =
    "subject, relation, object, polarity, modality or when, as in: polarity=negative when=2017-10";

pub(super) fn run(args: &Review, talk: Talk, colour: Colour) -> Result<Done> {
    let mut store = Store::open_to_write(&args.store.store)?;
    let claims = least_certain(&store, args)?;
    if claims.is_empty() {
        talk.note("There is no claim left to review");
        return Ok(Done::Partly);
    }
    let file = file(&store);
    let date = args.date.map_or_else(today, Ok)?;
    let paint = Paint::for_output(colour);
    let mut answers = io::stdin().lock().lines();
    let mut written = 0;
    let count = claims.len();
    for (number, (document, at)) in claims.into_iter().enumerate() {
        let claim = &document.claims[at];
        let mut out = io::stdout().lock();
        writeln!(out, "\n[{}/{count}]", number + 1)?;
        for line in explain::lines(&document, claim, &store, paint) {
            writeln!(out, "{line}")?;
        }
        let Some(decision) = decide(&mut answers, &mut out)? else {
            break;
        };
        let Some(keys) = decision.keys(&claim.id) else {
            continue;
        };
        let mut line = keys;
        for (key, value) in [
            ("author", args.author.as_str()),
            ("date", &date.to_string()),
            ("reason", decision.reason()),
        ] {
            line += &format!(", {key} = {}", toml_text(value));
        }
        match store.write_corrections(&file, &with_line(&file, &line)?) {
            Ok(()) => written += 1,
            // An edit that makes no sense is the reader's to repeat; what is there stays.
            Err(error) => talk.error(&printable(&format!("{error}: not written"))),
        }
    }
    talk.note(&format!(
        "{written} corrections written to {}",
        file.display()
    ));
    Ok(Done::Well)
}

/// The day in Greenwich.
fn today() -> Result<PartialDate> {
    let now = jiff::Timestamp::now().to_string();
    now.parse().map_err(|error: String| anyhow::anyhow!(error))
}

/// Claims that nobody has decided about, the least certain first, then in the order of documents and text.
fn least_certain(store: &Store, args: &Review) -> Result<Vec<(StoredDocument, usize)>> {
    let mut claims = Vec::new();
    for gist in store.gists()? {
        let document = gist.document;
        for claim in &document.claims {
            if claim.confidence < args.below && !store.corrections().settles(&claim.id) {
                let place = (
                    document.article.id.clone(),
                    claim.evidence.start,
                    claim.id.clone(),
                );
                claims.push((claim.confidence, place, document.hash.clone()));
            }
        }
    }
    claims.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
    claims.truncate(args.limit);
    let read = |(_, (_, _, id), hash): (f64, (String, usize, String), String)| {
        let document = store.document(&hash)?;
        let at = document.claims.iter().position(|claim| claim.id == id);
        Ok((document, at.context("a claim that is gone")?))
    };
    claims.into_iter().map(read).collect()
}

enum Decision {
    Accept(String),
    Reject(String),
    Edit(Vec<(String, String)>, String),
    Skip,
}

impl Decision {
    /// The keys of the correction, without its closing brace.
    fn keys(&self, claim: &str) -> Option<String> {
        Some(match self {
            Self::Accept(_) => format!("confirm = \"{claim}\""),
            Self::Reject(_) => format!("retract = \"{claim}\""),
            Self::Edit(fields, _) => {
                let fields = fields.iter();
                let fields = fields.map(|(key, value)| format!(", {key} = {}", toml_text(value)));
                format!("change = \"{claim}\"{}", fields.collect::<String>())
            }
            Self::Skip => return None,
        })
    }

    fn reason(&self) -> &str {
        match self {
            Self::Accept(reason) | Self::Reject(reason) | Self::Edit(_, reason) => reason,
            Self::Skip => "",
        }
    }
}

/// Asks until the answer is one; `None` at the end of the answers or of the reader's patience.
fn decide(
    answers: &mut impl Iterator<Item = io::Result<String>>,
    out: &mut impl Write,
) -> Result<Option<Decision>> {
    loop {
        let Some(answer) = ask(answers, out, HELP)? else {
            return Ok(None);
        };
        let decision = match answer.as_str() {
            "q" | "quit" => return Ok(None),
            "s" | "skip" | "" => return Ok(Some(Decision::Skip)),
            "a" | "accept" => Decision::Accept(reason(answers, out, "The text says so.")?),
            "r" | "reject" => Decision::Reject(reason(answers, out, "The text does not say so.")?),
            "e" | "edit" => match ask(answers, out, FIELDS)?.and_then(|fields| parsed(&fields)) {
                Some(fields) => {
                    Decision::Edit(fields, reason(answers, out, "The text says it otherwise.")?)
                }
                None => continue,
            },
            _ => continue,
        };
        return Ok(Some(decision));
    }
}

fn reason(
    answers: &mut impl Iterator<Item = io::Result<String>>,
    out: &mut impl Write,
    usual: &str,
) -> Result<String> {
    let given = ask(answers, out, &format!("why? [{usual}]"))?;
    Ok(given
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| usual.to_owned()))
}

fn ask(
    answers: &mut impl Iterator<Item = io::Result<String>>,
    out: &mut impl Write,
    question: &str,
) -> Result<Option<String>> {
    write!(out, "{question} > ")?;
    out.flush()?;
    let answer = answers.next().transpose().context("standard input")?;
    Ok(answer.map(|answer| answer.trim().to_owned()))
}

/// `key=value` pairs; `None` if one is not.
fn parsed(fields: &str) -> Option<Vec<(String, String)>> {
    let pair = |field: &str| {
        let (key, value) = field.split_once('=')?;
        let known = [
            "subject", "relation", "object", "polarity", "modality", "when",
        ]
        .contains(&key);
        known.then(|| (key.to_owned(), value.to_owned()))
    };
    let pairs: Option<Vec<_>> = fields.split_whitespace().map(pair).collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

/// The file that decisions are written to.
fn file(store: &Store) -> PathBuf {
    let place = store.corrections_path();
    if place.is_file() {
        place
    } else {
        place.join("review.toml")
    }
}

/// The file's text with another correction at the end of its list.
fn with_line(file: &std::path::Path, line: &str) -> Result<String> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => "corrections = [\n]\n".to_owned(),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    let end = text
        .rfind(']')
        .with_context(|| format!("{}: there is no list of corrections", file.display()))?;
    let mut before = text[..end].trim_end().to_owned();
    if !before.ends_with(['[', ',']) {
        before.push(',');
    }
    Ok(format!("{before}\n  {{ {line} }},\n{}", &text[end..]))
}

fn toml_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_pairs() {
        let pairs = parsed("polarity=negative when=2017-10").unwrap();
        assert_eq!(pairs[1], ("when".to_owned(), "2017-10".to_owned()));
        for wrong in ["", "polarity", "colour=red"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
