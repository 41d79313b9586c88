//! The examples of frames, operators and attachments as tests: each is read as an article of its own, and the claims that
//! come out are compared with those that it names (docs/frames.md says how they are written).

use std::{
    collections::BTreeSet,
    fmt::{self, Write},
};

use kilde_nlp::Doc;

use crate::{
    claim::{Claim, Entity, Modality, Name, Polarity, Reading},
    document::{Article, GivenMention, Lang, Metadata},
    extract::frames::{Example, Frames},
    ontology::Ontology,
    pipeline::{self, Knowledge, Model},
    text::Span,
};

/// An example with the rule that it belongs to.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Full name of the rule (`en/accuse/accuse`).
    pub rule: &'a Name,
    /// The rule's own relation, if it has one.
    pub relation: Option<&'a Name>,
    /// Language of the example.
    pub lang: Lang,
    /// The sentence and its claims.
    pub example: &'a Example,
}

/// What an example gave that it should not have, or did not give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Full name of the rule.
    pub rule: Name,
    /// The example's text.
    pub text: String,
    /// Claims that were named and did not come.
    pub missing: Vec<String>,
    /// Claims that came and were not named.
    pub surplus: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}: {}", self.rule, self.text)?;
        for claim in &self.missing {
            writeln!(out, "  missing: {claim}")?;
        }
        for claim in &self.surplus {
            writeln!(out, "  surplus: {claim}")?;
        }
        Ok(())
    }
}

/// All examples of a language, in the order of their rules.
#[must_use]
pub fn cases(frames: &Frames, lang: Lang) -> Vec<Case<'_>> {
    let of_frames = frames
        .frames
        .iter()
        .map(|one| (&one.rule, Some(&one.relation), &one.examples));
    let of_operators = frames
        .operators
        .iter()
        .map(|one| (&one.rule, one.emit.as_ref(), &one.examples));
    let of_attachments = frames
        .attachments
        .iter()
        .map(|one| (&one.rule, Some(&one.relation), &one.examples));
    let of_rules = of_frames.chain(of_operators).chain(of_attachments);
    let of_sentences = frames
        .sentences
        .iter()
        .map(|(rule, one)| (rule, None, std::slice::from_ref(one)));
    let all = of_rules
        .map(|(rule, relation, examples)| (rule, relation, examples.as_slice()))
        .chain(of_sentences);
    all.flat_map(|(rule, relation, examples)| {
        examples.iter().map(move |example| Case {
            rule,
            relation,
            lang,
            example,
        })
    })
    .collect()
}

/// The article that an example makes: a paragraph a line.
#[must_use]
pub fn article(case: &Case<'_>) -> Article {
    let text = case.example.text.clone();
    Article {
        id: "example".to_owned(),
        lang: case.lang,
        paragraphs: lines(&text),
        text,
        set_aside: vec![],
        meta: Metadata {
            date: case.example.published,
            ..Metadata::default()
        },
        mentions: case.example.given.then(|| given(case.example)),
        extra: std::collections::BTreeMap::default(),
    }
}

/// Where the actors of an example's claims are named in its text, each the first time.
fn given(example: &Example) -> Vec<GivenMention> {
    let expected = |line: &String| Expected::parse(line, Ontology::embedded());
    let named = example.claims.iter().map(expected);
    let names: BTreeSet<String> = named
        .flat_map(|one| [one.subject, one.object])
        .filter(|name| !name.is_empty())
        .collect();
    let mention = |name: String| {
        let start = example.text.find(&name)?;
        Some(GivenMention {
            span: Span::new(start, start + name.len()),
            id: name,
            kind: None,
        })
    };
    names.into_iter().filter_map(mention).collect()
}

/// The lines of a text.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}

/// Reads the examples of one language and gives those that came out otherwise, in order.
#[must_use]
pub fn test(cases: &[Case<'_>], model: &Model, knowledge: &Knowledge) -> Vec<Failure> {
    let articles: Vec<_> = cases.iter().map(article).collect();
    let paragraphs: Vec<_> = articles.iter().map(pipeline::paragraphs).collect();
    let texts: Vec<&str> = paragraphs
        .iter()
        .flatten()
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    let mut docs = model.pipeline.pipe(&texts).into_iter();
    let failure = |(case, (article, paragraphs)): (&Case<'_>, (Article, Vec<_>))| {
        let docs: Vec<Doc> = docs.by_ref().take(paragraphs.len()).collect();
        let reading = pipeline::understand(article, &paragraphs, &docs, model.scheme, knowledge);
        check(case, &reading, knowledge.ontology())
    };
    let read = articles.into_iter().zip(paragraphs.clone());
    cases.iter().zip(read).filter_map(failure).collect()
}

/// Compares what was read from an example's article with what the example names.
#[must_use]
pub fn check(case: &Case<'_>, reading: &Reading, ontology: &Ontology) -> Option<Failure> {
    let expected: Vec<Expected> = case
        .example
        .claims
        .iter()
        .map(|line| Expected::parse(line, ontology))
        .collect();
    let mut codes: BTreeSet<&str> = expected.iter().map(|one| one.relation.as_str()).collect();
    codes.extend(case.relation.map(|relation| &**relation));
    // Where no relation is named, nothing at all is expected.
    let compared =
        |claim: &&Claim| codes.is_empty() || codes.iter().any(|code| is_a(claim, code, ontology));
    let given: Vec<&Claim> = reading.claims.iter().filter(compared).collect();
    let fits = |one: &Expected, claim: &Claim| one.fits(claim, reading, ontology);
    let missing = expected
        .iter()
        .filter(|one| !given.iter().any(|claim| fits(one, claim)));
    let surplus = given
        .iter()
        .filter(|claim| !expected.iter().any(|one| fits(one, claim)));
    let missing: Vec<String> = missing.map(|one| one.line.clone()).collect();
    let surplus: Vec<String> = surplus.map(|claim| describe(claim, reading)).collect();
    let failed = !(missing.is_empty() && surplus.is_empty());
    failed.then(|| Failure {
        rule: case.rule.clone(),
        text: case.example.text.clone(),
        missing,
        surplus,
    })
}

/// A claim as an example writes it.
struct Expected {
    line: String,
    subject: String,
    relation: String,
    object: String,
    polarity: Polarity,
    modality: Modality,
    speaker: Option<String>,
    /// What stands after `#`, `~` and `=`: date, place and event; `None`: not compared.
    date: Option<String>,
    place: Option<String>,
    event: Option<String>,
}

impl Expected {
    fn parse(line: &str, ontology: &Ontology) -> Self {
        let (mut rest, mut marks) = (line.to_owned(), [None, None, None]);
        for (mark, sign) in marks.iter_mut().zip([" =", " ~", " #"]) {
            let split = rest
                .split_once(sign)
                .map(|(before, after)| (before.to_owned(), after.trim().to_owned()));
            if let Some((before, after)) = split {
                (rest, *mark) = (before, Some(after));
            }
        }
        let [event, place, date] = marks;
        let (claim, speaker) = match rest.split_once('@') {
            Some((claim, speaker)) => (claim.trim(), Some(speaker.trim().to_owned())),
            None => (rest.trim(), None),
        };
        let mut words: Vec<&str> = claim.split_whitespace().collect();
        let (mut polarity, mut modality) = (Polarity::Positive, Modality::Asserted);
        while let Some(&first) = words.first() {
            match first {
                "not" => polarity = Polarity::Negative,
                "planned" => modality = Modality::Planned,
                "possible" => modality = Modality::Possible,
                "demanded" => modality = Modality::Demanded,
                "hypothetical" => modality = Modality::Hypothetical,
                _ => break,
            }
            words.remove(0);
        }
        let code = |word: &&str| {
            word.len() >= 3
                && word
                    .chars()
                    .all(|one| one.is_ascii_uppercase() || one == '_')
        };
        let known = |word: &&str| code(word) && ontology.relation(word).is_some();
        let at = words.iter().position(known).unwrap_or(words.len().min(1));
        Self {
            line: line.to_owned(),
            subject: words[..at].join(" "),
            relation: words
                .get(at)
                .map_or_else(String::new, |word| (*word).to_owned()),
            object: words.get(at + 1..).unwrap_or_default().join(" "),
            polarity,
            modality,
            speaker,
            date,
            place,
            event,
        }
    }

    fn fits(&self, claim: &Claim, reading: &Reading, ontology: &Ontology) -> bool {
        let named = |entity: &Name, name: &str| is_named(entity, name, reading);
        let straight = named(&claim.subject.entity, &self.subject)
            && named(&claim.object.entity, &self.object);
        let symmetric = ontology
            .relation(&claim.relation)
            .is_some_and(|relation| relation.symmetric);
        let turned = symmetric
            && named(&claim.subject.entity, &self.object)
            && named(&claim.object.entity, &self.subject);
        let spoken = match (&self.speaker, &claim.speaker) {
            (None, None) => true,
            (Some(name), Some(speaker)) => named(&speaker.entity, name),
            _ => false,
        };
        is_a(claim, &self.relation, ontology)
            && (straight || turned)
            && spoken
            && self.fits_circumstances(claim, reading)
            && (claim.polarity, claim.modality) == (self.polarity, self.modality)
    }
}

impl Expected {
    /// Whether date, place and event are those that the line names; "none" asks that there is none.
    fn fits_circumstances(&self, claim: &Claim, reading: &Reading) -> bool {
        let asked = |asked: &Option<String>, given: Option<String>| {
            asked
                .as_ref()
                .is_none_or(|asked| given.as_deref().unwrap_or("none") == asked)
        };
        let place = self.place.as_ref().is_none_or(|name| match &claim.place {
            Some(place) => is_named(&place.entity, name, reading),
            None => name == "none",
        });
        place
            && asked(&self.date, claim.date.map(|date| date.to_string()))
            && asked(&self.event, claim.event.as_deref().map(str::to_owned))
    }
}

fn is_a(claim: &Claim, code: &str, ontology: &Ontology) -> bool {
    let relation = ontology.relation(&claim.relation);
    relation.is_some_and(|relation| {
        ontology
            .with_broader(relation)
            .any(|one| &*one.code == code)
    })
}

/// Whether the text, or the entity's own names, call it so.
fn is_named(entity: &Name, name: &str, reading: &Reading) -> bool {
    // "Hæren" stands for "Hæren i Egypt" in an example's claims.
    let calls = |text: &str| {
        text.trim_end_matches(['\'', '’']) == name
            || text
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(' '))
    };
    let mentioned = reading.mentions.iter().any(|mention| {
        mention.entity == *entity && calls(mention.span.slice(&reading.article.text))
    });
    let own = |one: &Entity| {
        one.id == *entity
            && one
                .labels
                .values()
                .chain(one.aliases.values().flatten())
                .any(|label| label == name)
    };
    mentioned || reading.entities.iter().any(own)
}

/// Writes a claim as an example would; writing to a string cannot fail.
fn describe(claim: &Claim, reading: &Reading) -> String {
    let text = &reading.article.text;
    let mut line = String::new();
    if claim.polarity == Polarity::Negative {
        line.push_str("not ");
    }
    if claim.modality != Modality::Asserted {
        let modality = format!("{:?} ", claim.modality);
        line.push_str(&modality.to_lowercase());
    }
    let (subject, object) = (
        claim.subject.span.slice(text),
        claim.object.span.slice(text),
    );
    let _ = write!(line, "{subject} {} {object}", claim.relation);
    if let Some(speaker) = &claim.speaker {
        let _ = write!(line, " @{}", speaker.span.slice(text));
    }
    if let Some(date) = claim.date {
        let _ = write!(line, " #{date}");
    }
    if let Some(place) = &claim.place {
        let _ = write!(line, " ~{}", place.span.slice(text));
    }
    if let Some(event) = &claim.event {
        let _ = write!(line, " ={event}");
    }
    let _ = write!(line, " ({})", claim.rule);
    line
}
