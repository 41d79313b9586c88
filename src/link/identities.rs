//! Who is who across documents: the id of a name, and a plain-text file of corrections that wins over the machine.
//!
//! ```toml
//! same = [["Jon Holm", "John Holm"]]          # one actor; the first name gives the id
//! not_same = [["Ali Nouri", "Aly Nuri"]]      # two, whatever the machine says; the second gets an id of its own
//! ambiguous = ["Holm"]                        # alone this name means somebody else in every document
//! ```
//! Names are compared folded (case, accents, a leading article); a gazetteer id may stand in the place of a name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;
use toml::Spanned;

use super::{Gazetteer, Reader, sounds, spellings::without_article};
use crate::{
    claim::{Entity, MentionKind, Name},
    text::{fold_name, slug},
};

/// Why a file of corrections could not be used.
#[derive(Debug, thiserror::Error)]
pub enum IdentitiesError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}; give a TOML file with same, not_same and ambiguous", path = .path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A rule is wrong or contradicts another.
    #[error("{file}:{line}: {reason}")]
    Rule {
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        reason: String,
    },
}

/// Corrections of who is who; the default has none.
#[derive(Debug, Default)]
pub struct Identities {
    /// From an id to the id that it is the same as, with the canonical name and the line of the rule.
    same: BTreeMap<Name, (Name, String, usize)>,
    /// Folded names that are kept apart from an id, with the id of their own.
    apart: BTreeMap<String, (Name, Name, usize)>,
    /// Folded names that tell nobody alone, with the ids that they would get.
    ambiguous: BTreeMap<String, (BTreeSet<Name>, usize)>,
}

/// What decides whether two names are one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether they share an id.
    pub same: bool,
    /// Ids of the two names.
    pub ids: [Name; 2],
    /// The reasons, a sentence each, in the order in which they apply.
    pub reasons: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    same: Vec<Spanned<Vec<String>>>,
    #[serde(default)]
    not_same: Vec<Spanned<[String; 2]>>,
    #[serde(default)]
    ambiguous: Vec<Spanned<String>>,
}

impl Identities {
    /// Reads a file of corrections. The gazetteer tells which names are of known actors.
    ///
    /// # Errors
    /// If the file cannot be read, is no such TOML, or two of its rules contradict each other.
    pub fn load(path: &Path, gazetteer: &Gazetteer) -> Result<Self, IdentitiesError> {
        let text = fs::read_to_string(path).map_err(|source| IdentitiesError::Unreadable {
            path: path.to_path_buf(),
            source,
        })?;
        Self::parse(&path.display().to_string(), &text, gazetteer)
    }

    /// Reads corrections from text; `file` is its name in errors.
    ///
    /// # Errors
    /// As for `load`.
    pub fn parse(file: &str, text: &str, gazetteer: &Gazetteer) -> Result<Self, IdentitiesError> {
        let line = |at: usize| 1 + text.get(..at).unwrap_or("").matches('\n').count();
        let wrong = |line: usize, reason: String| IdentitiesError::Rule {
            file: file.to_owned(),
            line,
            reason,
        };
        let read: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(line(at), error.message().to_owned())
        })?;
        let mut identities = Self::default();
        for group in &read.same {
            let at = line(group.span().start);
            identities
                .add_same(group.get_ref(), at, gazetteer)
                .map_err(|reason| wrong(at, reason))?;
        }
        for pair in &read.not_same {
            let at = line(pair.span().start);
            identities
                .add_apart(pair.get_ref(), at, gazetteer)
                .map_err(|reason| wrong(at, reason))?;
        }
        for name in &read.ambiguous {
            let at = line(name.span().start);
            identities
                .add_ambiguous(name.get_ref(), at, gazetteer)
                .map_err(|reason| wrong(at, reason))?;
        }
        Ok(identities)
    }

    fn add_same(
        &mut self,
        names: &[String],
        line: usize,
        gazetteer: &Gazetteer,
    ) -> Result<(), String> {
        let [first, rest @ ..] = names else {
            return Err("an empty group; name at least two".to_owned());
        };
        if rest.is_empty() || names.iter().any(|name| slug(name).is_empty()) {
            return Err("a group needs two names or more".to_owned());
        }
        // A chain of groups has one head.
        let own = id_of(first, gazetteer);
        let head = self
            .same
            .get(&own)
            .map_or((own, first.clone()), |(head, label, _)| {
                (Arc::clone(head), label.clone())
            });
        for name in rest {
            for id in ids_of(name, gazetteer) {
                if let Some((other, _, before)) = self.same.get(&id)
                    && *other != head.0
                {
                    return Err(format!(
                        "'{name}' already belongs to '{other}' by line {before}; put both groups into one"
                    ));
                }
                if id != head.0 {
                    self.same
                        .insert(id, (Arc::clone(&head.0), head.1.clone(), line));
                }
            }
        }
        Ok(())
    }

    fn add_apart(
        &mut self,
        [one, other]: &[String; 2],
        line: usize,
        gazetteer: &Gazetteer,
    ) -> Result<(), String> {
        if key(one) == key(other) {
            return Err(format!(
                "'{one}' and '{other}' are one name, which cannot be two actors; list it as ambiguous"
            ));
        }
        let head = |name: &str| {
            let id = id_of(name, gazetteer);
            self.same
                .get(&id)
                .map(|(head, _, line)| (Arc::clone(head), *line))
                .unwrap_or((id, 0))
        };
        let ((first, by), (second, by_other)) = (head(one), head(other));
        if first == second && (by, by_other) != (0, 0) {
            let by = by.max(by_other);
            return Err(format!(
                "line {by} says that '{one}' and '{other}' are the same; keep one of the two rules"
            ));
        }
        if first == second {
            let plain = slug(without_article(other));
            let own: Name = if *first == *plain {
                format!("{plain}-2").into()
            } else {
                plain.into()
            };
            self.apart.insert(key(other), (first, own, line));
        }
        Ok(())
    }

    fn add_ambiguous(
        &mut self,
        name: &str,
        line: usize,
        gazetteer: &Gazetteer,
    ) -> Result<(), String> {
        let ids = ids_of(name, gazetteer);
        if let Some((_, _, before)) = ids.iter().find_map(|id| self.same.get(id)) {
            return Err(format!(
                "line {before} says whom '{name}' means; keep one of the two rules"
            ));
        }
        self.ambiguous.insert(key(name), (ids, line));
        Ok(())
    }
}

/// Explains whether two names (or ids) are taken for one actor, and by which rule.
#[must_use]
pub fn why_merged(
    one: &str,
    other: &str,
    gazetteer: &Gazetteer,
    identities: &Identities,
) -> Explanation {
    let mut reasons = Vec::new();
    let mut ids = [one, other].map(|name| id_of(name, gazetteer));
    for (name, id) in [one, other].into_iter().zip(&mut ids) {
        if let Some(actor) = gazetteer.actor(id) {
            let label = actor.entity().label("en").to_owned();
            reasons.push(if named(name, gazetteer).is_some() {
                format!("'{name}' is a name of {id} ({label}) in the gazetteer.")
            } else {
                format!("'{name}' sounds like a name of {id} ({label}) in the gazetteer.")
            });
        } else if sounds::key(name).is_some_and(|key| *slug(&key) != *slug(without_article(name))) {
            reasons.push(format!(
                "'{name}' is an Arabic name, which goes by its sound: {id}."
            ));
        } else {
            reasons.push(format!(
                "'{name}' is not in the gazetteer; its folded name gives the id {id}."
            ));
        }
        if let Some((_, own, line)) = identities.apart.get(&key(name)) {
            reasons.push(format!(
                "Line {line} of the corrections keeps '{name}' apart, as {own}."
            ));
            *id = Arc::clone(own);
        }
        if let Some((head, _, line)) = identities.same.get(id) {
            reasons.push(format!(
                "Line {line} of the corrections says that {id} is the same as {head}."
            ));
            *id = Arc::clone(head);
        }
        if let Some((_, line)) = identities.ambiguous.get(&key(name)) {
            reasons.push(format!("Line {line} of the corrections says that '{name}' alone means somebody else in every document."));
        }
    }
    let ambiguous = [one, other]
        .iter()
        .any(|name| identities.ambiguous.contains_key(&key(name)));
    Explanation {
        same: ids[0] == ids[1] && !ambiguous,
        ids,
        reasons,
    }
}

/// The id that the machine gives an unknown person's name: by sound if it is Arabic, else the slug of the folded name.
pub(super) fn id_of_person(name: &str, gazetteer: &Gazetteer) -> String {
    match sounds::key(name) {
        Some(key) => gazetteer
            .sounding(&key)
            .map_or_else(|| slug(&key), ToString::to_string),
        None => slug(without_article(name)),
    }
}

/// Puts the corrections upon the names that were found.
pub(super) fn correct(reader: &mut Reader) {
    let identities = reader.identities;
    if identities.same.is_empty() && identities.apart.is_empty() && identities.ambiguous.is_empty()
    {
        return;
    }
    let suffix = slug(&reader.article.id);
    for index in 0..reader.found.len() {
        let found = &reader.found[index];
        if found.kind != MentionKind::Name {
            continue;
        }
        let text = found.span.slice(&reader.article.text);
        let folded = key(text);
        let old = Arc::clone(&found.entity);
        let (new, label, line) = match (
            identities.ambiguous.get(&folded),
            identities.apart.get(&folded),
        ) {
            (Some((ids, line)), _) if ids.contains(&old) => {
                let id = format!("{}-in-{suffix}", slug(text));
                (id.into(), text.to_owned(), *line)
            }
            (_, Some((from, own, line))) if *from == old => {
                (Arc::clone(own), text.to_owned(), *line)
            }
            _ => match identities.same.get(&old) {
                Some((head, label, line)) => (Arc::clone(head), label.clone(), *line),
                None => continue,
            },
        };
        let kind = reader.kind_of(&old).to_owned();
        let entity = entity_of(reader, &new, &label, &kind);
        let found = &mut reader.found[index];
        found.why = format!("Line {line} of the corrections says whom this name means.");
        found.entity = entity;
    }
}

fn entity_of(reader: &mut Reader, id: &Name, label: &str, kind: &str) -> Name {
    if let Some(actor) = reader
        .gazetteer
        .actor(id)
        .filter(|actor| fold_name(label) != "" && actor.id == *id)
    {
        return reader.add_known(actor);
    }
    let lang = reader.article.lang.tag().to_owned();
    reader
        .entities
        .entry(Arc::clone(id))
        .or_insert_with(|| Entity {
            id: Arc::clone(id),
            kind: kind.into(),
            labels: BTreeMap::from([(lang, label.to_owned())]),
            aliases: BTreeMap::new(),
            wikidata: None,
            known: false,
        });
    Arc::clone(id)
}

/// A name as rules compare it.
fn key(name: &str) -> String {
    fold_name(without_article(name))
}

fn named(name: &str, gazetteer: &Gazetteer) -> Option<Name> {
    if gazetteer.actor(name).is_some() {
        return Some(name.into());
    }
    match gazetteer.named(name)[..] {
        [only] => Some(Arc::clone(only)),
        _ => None,
    }
}

/// The id that a name gets.
fn id_of(name: &str, gazetteer: &Gazetteer) -> Name {
    named(name, gazetteer).unwrap_or_else(|| id_of_person(name, gazetteer).into())
}

/// Every id that a name may get, as a person and as another actor.
fn ids_of(name: &str, gazetteer: &Gazetteer) -> BTreeSet<Name> {
    let plain: Name = slug(without_article(name)).into();
    let known = gazetteer.named(name).into_iter().cloned();
    known.chain([id_of(name, gazetteer), plain]).collect()
}
