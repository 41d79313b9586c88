//! Claims as JSON Lines, a document at a time. A line needs a document, a subject, a relation (or property), an object and
//! its evidence; words may be given with their place (`start`, `end` in code points) or alone, if they stand in the text.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
    path::Path,
};

use rayon::prelude::*;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{ImportError, Imported, Refused, entities::Known};
use crate::{
    claim::{Argument, Claim, Entity, Mention, MentionKind, Modality, Polarity, Reading},
    document::Article,
    extract::event_code,
    link::Gazetteer,
    ontology::Ontology,
    resolve::{flaw, name},
    store::{PutOutcome, Store, StoredDocument},
    text::{CodePoints, Span},
};

/// What is known besides the lines.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    /// Articles by id, for documents that the store does not hold.
    pub articles: &'a BTreeMap<String, Article>,
    /// Who made the claims, unless a line says so itself.
    pub maker: Option<&'a str>,
}

/// A line with its number.
type Line = (usize, Value);

/// The lines of each document as they stand in the file, by its id.
type Documents = BTreeMap<String, Vec<(usize, Vec<u8>)>>;

/// Takes claims into a store.
///
/// # Errors
/// If the file cannot be read, or the store refuses. A bad line is listed and stops nothing.
pub fn import_lines(
    store: &Store,
    reader: impl BufRead,
    file: &Path,
    given: Lines<'_>,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
    let mut documents = Documents::new();
    for (index, line) in reader.split(b'\n').enumerate() {
        let line = line.map_err(|source| ImportError::Read {
            file: file.to_owned(),
            source,
        })?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let number = index + 1;
        let parsed: Result<Named, _> = serde_json::from_slice(&line);
        let refuse = |reason| Refused {
            line: Some(number),
            what: String::new(),
            reason,
        };
        match parsed {
            Ok(Named { document: Some(id) }) => {
                documents.entry(id).or_default().push((number, line));
            }
            Ok(_) => imported
                .refused
                .push(refuse("It names no document.".to_owned())),
            // JSON that is no object.
            Err(_) if serde_json::from_slice::<Value>(&line).is_ok() => imported
                .refused
                .push(refuse("It names no document.".to_owned())),
            Err(error) => imported
                .refused
                .push(refuse(format!("It is no JSON: {error}."))),
        }
    }
    let parts: Vec<Imported> = documents
        .into_par_iter()
        .map(|(id, lines)| one_document(store, &id, lines, given))
        .collect::<Result<_, _>>()?;
    for part in parts {
        imported.add(part);
    }
    imported.refused.sort_by_key(|one| one.line);
    Ok(imported)
}

/// What is looked at first of a line.
#[derive(Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "text")]
    document: Option<String>,
}

/// A text; nothing, if it is something else.
fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// What lines hold; one that is no JSON after all is refused.
fn values(lines: Vec<(usize, Vec<u8>)>, refused: &mut Vec<Refused>) -> Vec<Line> {
    let mut values = Vec::new();
    for (number, line) in lines {
        match serde_json::from_slice(&line) {
            Ok(value) => values.push((number, value)),
            Err(error) => refused.push(Refused {
                line: Some(number),
                what: String::new(),
                reason: format!("It is no JSON: {error}."),
            }),
        }
    }
    values
}

fn one_document(
    store: &Store,
    id: &str,
    lines: Vec<(usize, Vec<u8>)>,
    given: Lines<'_>,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
    let lines = values(lines, &mut imported.refused);
    let stored: Vec<StoredDocument> = store
        .find(id)?
        .iter()
        .map(|hash| store.document_as_read(hash))
        .collect::<Result<_, _>>()?;
    let refuse_all = |reason: &str| {
        let mut imported = imported.clone();
        let all = lines.iter();
        let all = all.map(|(number, value)| refused(*number, value, reason.to_owned()));
        imported.refused.extend(all);
        Ok(imported)
    };
    let (article, before) = match (&*stored, given.articles.get(id)) {
        ([], None) => {
            return refuse_all(
                "Its document is neither in the store nor among the articles given.",
            );
        }
        ([], Some(article)) => (article.clone(), None),
        ([one], article) if article.is_none_or(|article| article.text == one.article.text) => {
            (one.article.clone(), Some(one))
        }
        ([_], _) => return refuse_all("The store holds another text for its document."),
        _ => return refuse_all("The store holds several texts for its document."),
    };
    let reader = Reader {
        article: &article,
        points: CodePoints::new(&article.text),
        ontology: store.ontology(),
        maker: given.maker,
    };
    let entities = before.map_or_else(Vec::new, |one| one.entities.clone());
    let mut known = Known::new(&article, entities, Gazetteer::embedded());
    let mut claims = before.map_or_else(Vec::new, |one| one.claims.clone());
    let mut read = Vec::new();
    for (number, value) in &lines {
        match reader.claim(value, &mut known) {
            Ok(claim) => read.push((*number, value, claim)),
            Err(reason) => imported.refused.push(refused(*number, value, reason)),
        }
    }
    let entities = known.finish();
    let by_id: BTreeMap<&str, &Entity> = entities.iter().map(|one| (&*one.id, one)).collect();
    let mut seen: BTreeSet<_> = claims.iter().map(words).collect();
    let mut taken = 0;
    for (number, value, claim) in read {
        if let Some(reason) = flaw(
            &claim,
            &concerned(&claim, &by_id),
            &article,
            store.ontology(),
        ) {
            imported.refused.push(refused(number, value, reason));
        } else if seen.insert(words(&claim)) {
            taken += 1;
            claims.push(claim);
        } else {
            imported.known += 1;
        }
    }
    if taken == 0 {
        return Ok(imported);
    }
    name(&mut claims, &article, store.ontology());
    let mentions = mentions(before, &claims);
    let used: BTreeSet<_> = mentions.iter().map(|one| one.entity.clone()).collect();
    let entities = entities
        .into_iter()
        .filter(|one| used.contains(&one.id))
        .collect();
    let reading = Reading {
        article: article.clone(),
        entities,
        mentions,
        claims,
        rejected: Vec::new(),
    };
    imported.claims += taken;
    imported.documents += usize::from(store.put(&reading)? != PutOutcome::Unchanged);
    Ok(imported)
}

/// The entities that a claim names.
fn concerned(claim: &Claim, entities: &BTreeMap<&str, &Entity>) -> Vec<Entity> {
    let ends = [&claim.subject, &claim.object].into_iter();
    let others = claim.speaker.iter().chain(&claim.via).chain(&claim.place);
    let ids: BTreeSet<&str> = ends.chain(others).map(|one| &*one.entity).collect();
    let found = ids.into_iter().filter_map(|id| entities.get(id));
    found.map(|one| (*one).clone()).collect()
}

fn refused(line: usize, value: &Value, reason: String) -> Refused {
    let id = value.get("id").or_else(|| value.get("document"));
    let what = id.and_then(Value::as_str).unwrap_or_default().to_owned();
    Refused {
        line: Some(line),
        what,
        reason,
    }
}

type Words = (
    Span,
    Span,
    Span,
    String,
    Polarity,
    Modality,
    Option<Span>,
    String,
    String,
);

/// What makes a claim the same as another: its words, and whom they were linked to.
fn words(claim: &Claim) -> Words {
    (
        claim.evidence,
        claim.subject.span,
        claim.object.span,
        claim.relation.to_string(),
        claim.polarity,
        claim.modality,
        claim.speaker.as_ref().map(|one| one.span),
        claim.subject.entity.to_string(),
        claim.object.entity.to_string(),
    )
}

/// The mentions that were there, and those that the claims' words make.
fn mentions(before: Option<&StoredDocument>, claims: &[Claim]) -> Vec<Mention> {
    let mut mentions = before.map_or_else(Vec::new, |one| one.mentions.clone());
    let mut seen: BTreeSet<_> = mentions
        .iter()
        .map(|one| (one.span, one.entity.clone()))
        .collect();
    for claim in claims {
        let all = [&claim.subject, &claim.object].into_iter();
        for one in all
            .chain(&claim.speaker)
            .chain(&claim.via)
            .chain(&claim.place)
        {
            if seen.insert((one.span, one.entity.clone())) {
                mentions.push(Mention {
                    span: one.span,
                    entity: one.entity.clone(),
                    kind: MentionKind::Name,
                    why: "It came with a claim from elsewhere.".to_owned(),
                });
            }
        }
    }
    mentions.sort_by(|one, other| (one.span, &one.entity).cmp(&(other.span, &other.entity)));
    mentions
}

/// Reads the lines of one article.
struct Reader<'a> {
    article: &'a Article,
    points: CodePoints,
    ontology: &'a Ontology,
    maker: Option<&'a str>,
}

impl Reader<'_> {
    fn claim(&self, value: &Value, known: &mut Known<'_>) -> Result<Claim, String> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let relation = [text("property"), text("relation")]
            .into_iter()
            .flatten()
            .find_map(|name| {
                let local = name.strip_prefix("kilde:").unwrap_or(name);
                self.ontology
                    .relation_by_property(local)
                    .or_else(|| self.ontology.relation(name))
            });
        let relation = relation.ok_or("It names no relation of the ontology.")?;
        let whole = Span::new(0, self.article.text.len());
        let evidence = value.get("evidence").ok_or("It has no evidence.")?;
        let evidence = self.words(evidence, whole, "evidence")?;
        let mut argument = |key: &str, given: &Value| self.argument(key, given, evidence, known);
        let mut role = |key: &str| match value.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(given) => argument(key, given).map(Some),
        };
        let subject = role("subject")?.ok_or("It has no subject.")?;
        let object = role("object")?.ok_or("It has no object.")?;
        let (speaker, place) = (role("speaker")?, role("place")?);
        let via = value
            .get("via")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let via = via
            .iter()
            .map(|one| argument("via", one))
            .collect::<Result<_, _>>()?;
        let (polarity, modality) = (
            choice(value, "polarity", Polarity::Positive)?,
            choice(value, "modality", Modality::Asserted)?,
        );
        let date = text("date").map(str::parse).transpose()?;
        let code = relation.code.clone();
        let event = match value.get("event") {
            None => event_code(
                &broadest(self.ontology, &code),
                None,
                polarity,
                modality,
                false,
                self.ontology,
            ),
            Some(given) => given.as_str().map(Into::into),
        };
        let confidence = value
            .get("confidence")
            .and_then(Value::as_f64)
            .unwrap_or(1.0);
        Ok(Claim {
            id: String::new(),
            act: text("act")
                .or_else(|| relation.labels.get("en").map(String::as_str))
                .unwrap_or(&relation.property)
                .to_owned(),
            subject,
            relation: code,
            object,
            event,
            polarity,
            modality,
            speaker,
            via,
            date,
            place,
            evidence,
            rule: self.rule(text("rule"), text("maker"))?.into(),
            confidence,
            because: Vec::new(),
            event_id: None,
        })
    }

    /// The rule with its maker in front; a line of Kilde's own has a rule and no maker.
    fn rule(&self, rule: Option<&str>, maker: Option<&str>) -> Result<String, String> {
        let named = maker.or(self.maker).map(|name| name.replace('/', "-"));
        match (rule, named) {
            (Some(rule), None) => Ok(rule.to_owned()),
            (Some(rule), Some(_)) if rule.starts_with("import/") => Ok(rule.to_owned()),
            (rule, Some(maker)) if !maker.trim().is_empty() => {
                Ok(format!("import/{maker}/{}", rule.unwrap_or("claim")))
            }
            _ => Err(
                "Nobody is named as its maker; add \"maker\" to the line, or say --maker."
                    .to_owned(),
            ),
        }
    }

    fn argument(
        &self,
        role: &str,
        given: &Value,
        near: Span,
        known: &mut Known<'_>,
    ) -> Result<Argument, String> {
        let named;
        let given = if let Some(label) = given.as_str() {
            named = serde_json::json!({"label": label});
            &named
        } else {
            given
        };
        let words = given.get("mention").or_else(|| given.get("label"));
        let words = words.ok_or_else(|| format!("The {role} has no words."))?;
        let span = self.words(words, near, role)?;
        let entity = known.add(given)?;
        Ok(Argument { entity, span })
    }

    /// Where words stand: at their place, if one is given and they do; else where they first stand in or after `near`, then
    /// anywhere.
    fn words(&self, given: &Value, near: Span, role: &str) -> Result<Span, String> {
        let text = &self.article.text;
        let words = given
            .as_str()
            .or_else(|| given.get("text").and_then(Value::as_str));
        let place = |key| {
            given
                .get(key)
                .and_then(Value::as_u64)
                .and_then(|at| usize::try_from(at).ok())
        };
        if let (Some(start), Some(end)) = (place("start"), place("end")) {
            let span = self
                .points
                .bytes(start, end)
                .filter(|span| !span.is_empty());
            let span = span.ok_or_else(|| {
                format!("The place of its {role}, {start} to {end}, lies outside the text.")
            })?;
            return match words {
                Some(words) if words != span.slice(text) => Err(format!(
                    "The words of its {role} are not what stands at {start} to {end}."
                )),
                _ => Ok(span),
            };
        }
        let words = words
            .filter(|words| !words.is_empty())
            .ok_or_else(|| format!("The {role} has no words."))?;
        let inside = near.slice(text).find(words).map(|at| near.start + at);
        let start = inside.or_else(|| text.find(words));
        let start = start.ok_or_else(|| {
            format!("The words of its {role}, {words:?}, stand nowhere in the text.")
        })?;
        Ok(Span::new(start, start + words.len()))
    }
}

fn broadest(ontology: &Ontology, code: &str) -> String {
    let relation = ontology.relation(code);
    let last = relation.and_then(|one| ontology.with_broader(one).last());
    last.map_or(code, |one| &one.code).to_owned()
}

fn choice<T: serde::de::DeserializeOwned>(
    value: &Value,
    key: &str,
    default: T,
) -> Result<T, String> {
    match value.get(key) {
        None | Some(Value::Null) => Ok(default),
        Some(given) => serde_json::from_value(given.clone())
            .map_err(|_| format!("Its {key} is none that there is: {given}.")),
    }
}
