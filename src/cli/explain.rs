//! `kilde explain`: the sentence that a claim rests on, with the evidence marked, the rule that made it, and why it is
//! held as it is.

use std::io::{self, Write};

use anyhow::{Result, bail};
use serde_json::json;

use super::{
    Done,
    args::{Colour, Explain},
    terminal::{Look, Paint},
};
use crate::{
    claim::{Claim, JsonView, Modality, Polarity},
    store::{Store, StoredDocument},
    text::{self, Span},
};

pub(super) fn run(args: &Explain, colour: Colour) -> Result<Done> {
    let store = Store::open(&args.store.store)?;
    let mut found: Vec<(StoredDocument, usize)> = Vec::new();
    for gist in store.gists()? {
        let claims = &gist.document.claims;
        if !claims.iter().any(|claim| claim.id.starts_with(&args.claim)) {
            continue;
        }
        let document = store.document(&gist.document.hash)?;
        for (at, claim) in document.claims.iter().enumerate() {
            if claim.id.starts_with(&args.claim) {
                found.push((document.clone(), at));
            }
        }
    }
    let [(document, at)] = found.as_slice() else {
        return none_or_many(&args.claim, &found, &store);
    };
    let claim = &document.claims[*at];
    let mut out = io::stdout().lock();
    if args.json {
        let view = JsonView::new(&document.article, &document.entities, store.ontology());
        let mut value = view.claim(claim);
        value["because"] = json!(claim.because);
        value["mentions"] = json!(links(document, claim));
        writeln!(out, "{value}")?;
    } else {
        for line in lines(document, claim, &store, Paint::for_output(colour)) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Done::Well)
}

fn none_or_many(asked: &str, found: &[(StoredDocument, usize)], store: &Store) -> Result<Done> {
    if found.is_empty() {
        if let Some(one) = store.corrections().retracting(asked) {
            let message = format!(
                "the claim was retracted by {} on {}: {}",
                one.author, one.date, one.reason
            );
            return Err(one.error(message).into());
        }
        bail!("no claim's id begins with '{asked}'; `kilde claims` lists them");
    }
    let some: Vec<&str> = found
        .iter()
        .take(5)
        .map(|(document, at)| document.claims[*at].id.as_str())
        .collect();
    bail!(
        "{} claims' ids begin with '{asked}', such as {}; give more of it",
        found.len(),
        some.join(", ")
    );
}

/// What there is to say of a claim.
pub(super) fn lines(
    document: &StoredDocument,
    claim: &Claim,
    store: &Store,
    paint: Paint,
) -> Vec<String> {
    let article = &document.article;
    let lang = article.lang.tag();
    let name = |id: &str| {
        let entity = document.entities.iter().find(|entity| *entity.id == *id);
        printable(entity.map_or(id, |entity| entity.label(lang)))
    };
    let relation = store.ontology().relation(&claim.relation);
    let label = relation.and_then(|relation| {
        relation
            .labels
            .get(lang)
            .or_else(|| relation.labels.get("en"))
    });
    let statement = format!(
        "{} \u{2014} {} \u{2192} {}",
        name(&claim.subject.entity),
        label.map_or(&*claim.relation, String::as_str),
        name(&claim.object.entity)
    );
    let mut lines = vec![
        paint.paint(Look::Strong, &statement),
        marked(&article.text, claim, paint),
        String::new(),
    ];
    let mut row = |key: &str, value: String| lines.push(format!("{:<11} {value}", key));
    row("claim", claim.id.clone());
    row("document", printable(&article.id));
    if let Some(title) = &article.meta.title {
        row("", printable(title));
    }
    row("held", held(claim));
    if let Some(event) = &claim.event {
        row("event", event.to_string());
    }
    row(
        "said by",
        claim
            .speaker
            .as_ref()
            .map_or("the text itself".to_owned(), |speaker| {
                name(&speaker.entity)
            }),
    );
    for via in &claim.via {
        row("as told by", name(&via.entity));
    }
    row(
        "when",
        claim
            .date
            .map_or("not said".to_owned(), |date| date.to_string()),
    );
    row(
        "where",
        claim
            .place
            .as_ref()
            .map_or("not said".to_owned(), |place| name(&place.entity)),
    );
    if let Some(date) = article.meta.date {
        row("reported", date.to_string());
    }
    row(
        "rule",
        format!(
            "{} ({}), confidence {}",
            claim.rule,
            printable(&claim.act),
            claim.confidence
        ),
    );
    for (number, reason) in claim.because.iter().enumerate() {
        row(if number == 0 { "because" } else { "" }, printable(reason));
    }
    for (number, link) in links(document, claim).iter().enumerate() {
        row(if number == 0 { "names" } else { "" }, printable(link));
    }
    lines
}

fn held(claim: &Claim) -> String {
    let polarity = match claim.polarity {
        Polarity::Positive => "affirmed",
        Polarity::Negative => "denied",
    };
    let modality = match claim.modality {
        Modality::Asserted => "told as fact",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Demanded => "demanded",
        Modality::Hypothetical => "hypothetical",
    };
    let edge = if claim.makes_edge() {
        "a plain edge"
    } else {
        "no plain edge"
    };
    format!("{polarity}, {modality}: {edge}")
}

/// Why the words of its actors were linked as they were.
fn links(document: &StoredDocument, claim: &Claim) -> Vec<String> {
    let arguments = [
        Some(&claim.subject),
        Some(&claim.object),
        claim.speaker.as_ref(),
        claim.place.as_ref(),
    ];
    let mut links: Vec<String> = Vec::new();
    for argument in arguments.into_iter().flatten() {
        let mention = document
            .mentions
            .iter()
            .find(|one| one.span == argument.span && one.entity == argument.entity);
        if let Some(mention) = mention.filter(|one| !links.contains(&one.why)) {
            links.push(mention.why.clone());
        }
    }
    links
}

/// Text of others, safe for a terminal.
fn printable(text: &str) -> String {
    text::printable(text).into_owned()
}

/// The paragraph around the evidence, with the evidence marked.
fn marked(text: &str, claim: &Claim, paint: Paint) -> String {
    let evidence = claim.evidence;
    let start = text[..evidence.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[evidence.end..]
        .find('\n')
        .map_or(text.len(), |at| evidence.end + at);
    let part = |from: usize, to: usize| printable(Span::new(from, to).slice(text));
    let quote = paint.paint(Look::Evidence, &part(evidence.start, evidence.end));
    format!(
        "{}{quote}{}",
        paint.paint(Look::Faint, &part(start, evidence.start)),
        paint.paint(Look::Faint, &part(evidence.end, end))
    )
}
