//! Linking: which stretches of an article refer to whom. Names of the gazetteer, names that only the recogniser knows,
//! bodies that a description names ("an Egyptian court"), then descriptions and pronouns.
//! Takes the article and its grammar, gives mentions and entities; a total function, the same words give the same answer.
//! Where the words do not decide, nothing is linked: a missing mention costs one claim, a wrong one tells a falsehood.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use crate::{
    claim::{Entity, Mention, MentionKind, Name},
    document::{Article, GivenMention},
    grammar::{Paragraph, Role},
    ontology::Ontology,
    text::{Span, slug},
};

mod actor;
mod beside;
mod bodies;
mod brackets;
mod described;
mod extent;
mod gazetteer;
mod groups;
mod holders;
mod identities;
mod joined;
mod kinds;
mod matching;
mod names;
mod namesakes;
mod office_words;
mod offices;
mod owners;
mod patterns;
mod reference;
mod settle;
mod shapes;
mod short;
mod sieves;
mod sounds;
mod speech;
mod spellings;
mod stand_in;
mod variants;
mod words;

pub use actor::{Actor, Affiliation, Demonym, Demonyms};
pub use gazetteer::{Gazetteer, GazetteerError};
pub use identities::{Explanation, Identities, IdentitiesError, why_merged};
use matching::{Match, matches};
use words::Words;

/// What linking found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Entities that the mentions refer to, sorted by id, no id twice.
    pub entities: Vec<Entity>,
    /// Mentions in the order of the text, outer before inner. "The two sides" is two mentions of one span.
    pub mentions: Vec<Mention>,
    /// The country of each actor whose country the gazetteer knows.
    pub countries: BTreeMap<Name, Name>,
}

/// Links an article. `paragraphs` are the grammar view of `article.paragraphs`. Mentions that the input brings are used
/// as they are, and then no other names are looked for.
#[must_use]
pub fn link(
    article: &Article,
    paragraphs: &[Paragraph],
    gazetteer: &Gazetteer,
    ontology: &Ontology,
) -> Linked {
    link_with(
        article,
        paragraphs,
        gazetteer,
        ontology,
        &Identities::default(),
    )
}

/// The same, with corrections of who is who, which win over the machine.
#[must_use]
pub fn link_with(
    article: &Article,
    paragraphs: &[Paragraph],
    gazetteer: &Gazetteer,
    ontology: &Ontology,
    identities: &Identities,
) -> Linked {
    let mut reader = Reader {
        article,
        paragraphs,
        gazetteer,
        ontology,
        identities,
        words: Words::of(article.lang),
        entities: BTreeMap::new(),
        found: Vec::new(),
        matches: vec![OnceCell::new(); paragraphs.len()],
    };
    if let Some(given) = &article.mentions {
        reader.take_given(given);
    } else {
        names::read(&mut reader);
        brackets::read(&mut reader);
        identities::correct(&mut reader);
        stand_in::read(&mut reader);
        stand_in::read_peoples(&mut reader);
        bodies::read(&mut reader);
        reference::read(&mut reader);
        bodies::read_owned(&mut reader);
    }
    reader.finish()
}

/// One mention in the making.
#[derive(Clone, Debug)]
struct Found {
    paragraph: usize,
    words: Range<usize>,
    span: Span,
    entity: Name,
    kind: MentionKind,
    why: String,
}

/// More entities of one state than this make a text news from there.
const HOME: usize = 3;

/// What every step sees and adds to.
struct Reader<'a> {
    article: &'a Article,
    paragraphs: &'a [Paragraph],
    gazetteer: &'a Gazetteer,
    ontology: &'a Ontology,
    identities: &'a Identities,
    words: &'static Words,
    entities: BTreeMap<Name, Entity>,
    found: Vec<Found>,
    /// For each paragraph, where names of the gazetteer stand.
    matches: Vec<OnceCell<Vec<Match<'a>>>>,
}

impl<'a> Reader<'a> {
    /// Where names of the gazetteer stand in a paragraph, found at the first call.
    fn matches(&self, paragraph: usize) -> &[Match<'a>] {
        self.matches[paragraph].get_or_init(|| {
            matches(
                &self.article.text,
                &self.paragraphs[paragraph],
                self.gazetteer,
                self.words.norwegian(),
            )
        })
    }

    /// The word in lower case; empty beyond the paragraph.
    fn lower(&self, paragraph: usize, word: usize) -> String {
        let words = self
            .paragraphs
            .get(paragraph)
            .map(|paragraph| &paragraph.words);
        words
            .and_then(|words| words.get(word))
            .map_or_else(String::new, |word| word.text.to_lowercase())
    }

    /// The word of a range whose head lies outside it; the last word if there is none.
    fn head(&self, paragraph: usize, range: Range<usize>) -> usize {
        let words = &self.paragraphs[paragraph].words;
        let outside = |&at: &usize| words[at].head.is_none_or(|head| !range.contains(&head));
        range
            .clone()
            .rev()
            .find(outside)
            .unwrap_or(range.end.saturating_sub(1))
    }

    /// The role of a mention, through coordination ("A and B said").
    fn role(&self, paragraph: usize, range: Range<usize>) -> (Role, Option<usize>) {
        let first = &self.paragraphs[paragraph].words[self.first_of(paragraph, range)];
        (first.role, first.head)
    }

    /// The word that a mention hangs on its sentence by: its own head, or that of the first that it is coordinated with.
    fn first_of(&self, paragraph: usize, range: Range<usize>) -> usize {
        let words = &self.paragraphs[paragraph].words;
        let mut at = self.head(paragraph, range);
        while let (Role::Conjunct | Role::Flat | Role::Compound | Role::Apposition, Some(head)) =
            (words[at].role, words[at].head)
            && head < at
        {
            at = head;
        }
        at
    }

    /// The mention that covers a word by name, outermost first.
    fn name_at(&self, paragraph: usize, word: usize) -> Option<&Found> {
        let covering = self
            .found
            .iter()
            .filter(|one| one.paragraph == paragraph && one.words.contains(&word));
        covering.max_by_key(|one| (one.span.len(), std::cmp::Reverse(one.span.start)))
    }

    fn kind_of(&self, entity: &str) -> &str {
        self.entities.get(entity).map_or("", |entity| &entity.kind)
    }

    /// Whether an entity is of one of the kinds. A court is an organisation to the ontology, but none to a text that
    /// speaks of "the organisation"; nor is the bureau of a party.
    fn is_any(&self, entity: &str, kinds: &[String]) -> bool {
        let kind = self.kind_of(entity);
        let part = || {
            let actor = self.gazetteer.actor(entity);
            actor.is_some_and(|actor| actor.affiliations.iter().any(|tie| tie.role == "part-of"))
        };
        kinds.iter().any(|wanted| {
            let body = wanted == "Organization"
                && (kind == "GovernmentBody" || kind == "Organization" && part());
            !body && self.ontology.is_a(kind, wanted)
        })
    }

    /// The state that the document is about: the only one that it names, or one named twice as often as any other.
    fn main_state(&self) -> Option<Name> {
        let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
        for one in &self.found {
            // A territory or an authority may have a government as well.
            let authority = || {
                let actor = self.gazetteer.actor(&one.entity);
                actor.is_some_and(|actor| actor.demonyms.only_before.is_some())
            };
            // "Washington" for the United States tells little of what the text is about.
            let named = self.gazetteer.named(one.span.slice(&self.article.text));
            if !named.is_empty() && !named.contains(&&one.entity) {
                continue;
            }
            if matches!(self.kind_of(&one.entity), "State" | "Territory") || authority() {
                *counts.entry(&one.entity).or_default() += 1;
            }
        }
        match leading(&counts) {
            Some(most) => {
                let other = self.at_home(counts[&most]).filter(|home| *home != most);
                other.or_else(|| (self.kind_of(&most) == "State").then_some(most))
            }
            None => self.home_state(),
        }
    }

    /// The state of nearly all persons, parties and bodies that the document names, where it names another state only a few
    /// times: news from home need not say where home is.
    fn at_home(&self, named: usize) -> Option<Name> {
        let counts = self.home_counts();
        let home = leading(&counts)?;
        (counts[&home] > HOME && counts[&home] > 2 * named).then_some(home)
    }

    /// The state that far more than any other of the document's persons, parties, bodies and cities belong to.
    fn home_state(&self) -> Option<Name> {
        leading(&self.home_counts()).filter(|state| {
            self.gazetteer
                .actor(state)
                .is_some_and(|actor| &*actor.kind == "State")
        })
    }

    /// How many of the document's entities belong to each state.
    fn home_counts(&self) -> BTreeMap<&Name, usize> {
        let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
        for id in self.entities.keys() {
            let country = self
                .gazetteer
                .actor(id)
                .and_then(|actor| actor.country.as_ref());
            let named = country.filter(|_| self.found.iter().any(|one| one.entity == *id));
            if let Some(state) = named {
                *counts.entry(state).or_default() += 1;
            }
        }
        counts
    }

    fn add_known(&mut self, actor: &Actor) -> Name {
        self.entities
            .entry(Arc::clone(&actor.id))
            .or_insert_with(|| actor.entity());
        Arc::clone(&actor.id)
    }

    /// An entity that the gazetteer does not know, under the slug of its name.
    fn add_unknown(&mut self, id: &str, label: &str, kind: &str) -> Name {
        // A slug that is another actor's id must not merge the two; of the same kind it is a spelling of that one.
        let other = self.gazetteer.actor(id);
        if let Some(actor) = other.filter(|actor| &*actor.kind == kind && id.contains('-')) {
            return self.add_known(actor);
        }
        let taken = other.is_some();
        let id: Name = if taken {
            format!("{id}-{}", slug(kind)).into()
        } else {
            id.into()
        };
        let lang = self.article.lang.tag().to_owned();
        self.entities
            .entry(Arc::clone(&id))
            .or_insert_with(|| Entity {
                id: Arc::clone(&id),
                kind: kind.into(),
                labels: BTreeMap::from([(lang, label.to_owned())]),
                aliases: BTreeMap::new(),
                wikidata: None,
                known: false,
            });
        id
    }

    fn take_given(&mut self, given: &[GivenMention]) {
        for mention in given {
            let text = mention.span.slice(&self.article.text);
            if text.trim().is_empty() {
                continue;
            }
            if let Some(actor) = self.gazetteer.actor(&mention.id) {
                self.add_known(actor);
            } else {
                let id: Name = mention.id.as_str().into();
                let lang = self.article.lang.tag().to_owned();
                // "ORG", "GPE": labels of other schemes say no more than that somebody is named.
                let types = &self.ontology.types;
                let known = |kind: &&str| types.contains_key(*kind) || !types.contains_key("Actor");
                let kind = mention.kind.as_deref().filter(known);
                let kind = kind.unwrap_or("Actor").into();
                self.entities
                    .entry(Arc::clone(&id))
                    .or_insert_with(|| Entity {
                        id,
                        kind,
                        labels: BTreeMap::from([(lang, text.to_owned())]),
                        aliases: BTreeMap::new(),
                        wikidata: None,
                        known: false,
                    });
            }
            self.found.push(Found {
                paragraph: 0,
                words: 0..0,
                span: mention.span,
                entity: mention.id.as_str().into(),
                kind: MentionKind::Name,
                why: "The input says so.".to_owned(),
            });
        }
    }

    fn finish(mut self) -> Linked {
        // An office or description may have told of somebody whom the document does not name.
        let told: BTreeSet<Name> = self
            .found
            .iter()
            .map(|one| Arc::clone(&one.entity))
            .collect();
        for id in told
            .iter()
            .filter(|id| !self.entities.contains_key(*id))
            .collect::<Vec<_>>()
        {
            if let Some(actor) = self.gazetteer.actor(id) {
                self.add_known(actor);
            }
        }
        let entities = &self.entities;
        self.found.retain(|one| entities.contains_key(&one.entity));
        let mut mentions: Vec<Mention> = self
            .found
            .into_iter()
            .map(|one| Mention {
                span: one.span,
                entity: one.entity,
                kind: one.kind,
                why: one.why,
            })
            .collect();
        mentions.sort_by(|one, other| {
            let key = |mention: &Mention| {
                (
                    mention.span.start,
                    std::cmp::Reverse(mention.span.end),
                    mention.kind,
                )
            };
            key(one)
                .cmp(&key(other))
                .then_with(|| one.entity.cmp(&other.entity))
        });
        mentions.dedup_by(|one, other| one.span == other.span && one.entity == other.entity);
        let mut entities = self.entities;
        entities.retain(|id, _| mentions.iter().any(|mention| mention.entity == *id));
        let country = |id: &Name| self.gazetteer.actor(id)?.country.clone();
        let countries = entities
            .keys()
            .filter_map(|id| Some((Arc::clone(id), country(id)?)))
            .collect();
        Linked {
            entities: entities.into_values().collect(),
            mentions,
            countries,
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod tests_pronouns;
#[cfg(test)]
mod tests_references;
#[cfg(test)]
mod tests_settle;

/// The name that is counted twice as often as any other, and more than twice unless it is the only one.
fn leading(counts: &BTreeMap<&Name, usize>) -> Option<Name> {
    let (&most, &count) = counts.iter().max_by_key(|(_, count)| **count)?;
    let others = counts.iter().filter(|(name, _)| **name != most);
    let second = others.map(|(_, count)| *count).max().unwrap_or(0);
    (count >= 2 * second && (second == 0 || count > 2)).then(|| Arc::clone(most))
}
