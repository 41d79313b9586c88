//! A paragraph with its mentions at hand: which actors a word stands for, and what fills a slot.

mod actors;
mod owners;
mod slots;
mod under;
mod words;

use std::{collections::BTreeSet, ops::Range};

use super::{
    frames::{Condition, Frames, Path, Slot},
    speakers::Quote,
    tree::Tree,
};
use crate::{
    claim::{Argument, Mention, MentionKind, Name},
    grammar::{Paragraph, Role},
};

/// An actor as an argument, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    pub(super) argument: Argument,
    pub(super) kind: MentionKind,
}

/// What fills a slot: a word, or a name that is only part of a word ("Hamas" in "Hamas-lederen").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filler {
    Word(usize),
    Mention(usize),
}

/// Entities of the classes that grammar asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    /// Places and states.
    pub(super) places: BTreeSet<Name>,
    /// Media.
    pub(super) media: BTreeSet<Name>,
    /// Persons.
    pub(super) persons: BTreeSet<Name>,
    /// Who can act: persons, organisations, states.
    pub(super) actors: BTreeSet<Name>,
}

/// A paragraph's tree and mentions.
pub(super) struct Scene<'a> {
    pub(super) tree: Tree<'a>,
    mentions: Vec<&'a Mention>,
    /// For each word, the mentions that overlap it (indices into `mentions`).
    at_word: Vec<Vec<usize>>,
    classes: &'a Classes,
    quotes: Vec<Quote>,
    /// For each sentence, whether two actors are named or quoted in it: without them it tells no claim.
    tells: Vec<bool>,
    /// Whether the input names the actors.
    given: bool,
}

/// A stand-in's owner may itself be a stand-in ("members of the delegation of Fatah"), but not for ever.
const DEPTH: usize = 4;

impl<'a> Scene<'a> {
    pub(super) fn new(
        paragraph: &'a Paragraph,
        mentions: &'a [Mention],
        frames: &'a Frames,
        classes: &'a Classes,
    ) -> Self {
        let whole = paragraph.span(0..paragraph.words.len());
        let first = mentions.partition_point(|mention| mention.span.end <= whole.start);
        let mentions: Vec<&Mention> = mentions[first..]
            .iter()
            .take_while(|mention| mention.span.start < whole.end)
            .collect();
        let mut at_word = vec![vec![]; paragraph.words.len()];
        for (number, mention) in mentions.iter().enumerate() {
            let from = paragraph
                .words
                .partition_point(|word| word.span.end <= mention.span.start);
            for word in from..paragraph.words.len() {
                if paragraph.words[word].span.start >= mention.span.end {
                    break;
                }
                at_word[word].push(number);
            }
        }
        Self {
            tree: Tree::new(paragraph, frames),
            mentions,
            at_word,
            classes,
            quotes: vec![],
            tells: vec![],
            given: false,
        }
    }

    /// The same with its quotations.
    pub(super) fn with_quotes(mut self, quotes: Vec<Quote>) -> Self {
        self.quotes = quotes;
        let sentences = self.tree.paragraph.sentences.iter();
        self.tells = sentences.map(|words| self.names_two(words)).collect();
        self
    }

    /// The words of sentences that may tell a claim, in order.
    pub(super) fn telling(&self) -> Vec<usize> {
        let sentences = self.tree.paragraph.sentences.iter().zip(&self.tells);
        let telling = sentences.filter(|&(_, &tells)| tells);
        telling.flat_map(|(words, _)| words.clone()).collect()
    }

    /// Whether two actors are named in a sentence, or quoted: "we" in a quotation is who says it.
    fn names_two(&self, words: &Range<usize>) -> bool {
        let named = words.clone().flat_map(|word| &self.at_word[word]);
        let named = named.map(|&number| &self.mentions[number].entity);
        let quotes = self
            .quotes
            .iter()
            .filter(|quote| quote.words.start < words.end && words.start < quote.words.end);
        let quoted = quotes.flat_map(|quote| &quote.speakers);
        let mut actors = named.chain(quoted.map(|speaker| &speaker.entity));
        actors
            .next()
            .is_some_and(|first| actors.any(|other| other != first))
    }

    /// The same where the input names the actors.
    pub(super) fn with_given(self, given: bool) -> Self {
        Self { given, ..self }
    }

    /// The quotation in which a word stands.
    pub(super) fn quote(&self, word: usize) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.words.contains(&word))
    }

    /// Whether a word is a part of a day ("dawn").
    pub(super) fn is_day_part(&self, word: usize) -> bool {
        let parts = &self.tree.frames.words.time.day_parts;
        let own = self.tree.word(word);
        parts.contains(&own.lemma) || parts.contains(self.tree.lower(word))
    }

    /// Whether a word is part of an actor's name ("Dream" of "Georgian Dream"), where it means nothing by itself.
    fn is_in_actors_name(&self, word: usize) -> bool {
        let own = self.tree.word(word).span;
        self.at_word[word].iter().any(|&number| {
            let mention = self.mentions[number];
            mention.kind == MentionKind::Name
                && self.classes.actors.contains(&mention.entity)
                && mention.span.start <= own.start
                && own.end <= mention.span.end
        })
    }

    /// Whether an entity is a medium.
    pub(super) fn is_medium(&self, entity: &Name) -> bool {
        self.classes.media.contains(entity)
    }

    /// The actors that a noun phrase stands for, by its head word.
    pub(super) fn actors(&self, head: usize) -> Vec<Actor> {
        self.actors_within(head, 0)
    }

    /// Who does what a verb or noun names: its subject, or the noun's owner or the subject of the verb that carries it.
    pub(in crate::extract) fn agents(&self, word: usize) -> Vec<Actor> {
        if !self.tree.is_nominal(word) {
            return self
                .tree
                .subjects(word)
                .into_iter()
                .flat_map(|subject| self.actors(subject))
                .collect();
        }
        let slots = [Slot::Possessor, Slot::Modifier, Slot::Mover];
        slots
            .into_iter()
            .map(|slot| self.fill(word, &vec![slot]))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The actors that the words of a noun phrase refer to themselves, not by standing in for another.
    pub(in crate::extract) fn mentioned(&self, head: usize) -> Vec<Actor> {
        self.mentions_headed(head)
            .into_iter()
            .map(|number| self.actor(number))
            .collect()
    }

    /// The actors that fill a slot path of a word.
    pub(super) fn fill(&self, word: usize, path: &Path) -> Vec<Actor> {
        let mut found = vec![];
        // "killed Norwegian rebels": people who only belong to a country are not it, nor is it done to it.
        let followed = self.is_of_followers(word, path);
        if self.is_of_kin(word, path) {
            return found;
        }
        for filler in self.walk(word, path) {
            for actor in self.actors_of(filler) {
                let theirs = followed && self.classes.places.contains(&actor.argument.entity);
                if !theirs && !found.contains(&actor) {
                    found.push(actor);
                }
            }
        }
        found
    }

    /// Whether a path leads to the owner of people who only belong to somebody.
    fn is_of_followers(&self, word: usize, path: &Path) -> bool {
        let [before @ .., Slot::Owner | Slot::Possessor | Slot::Modifier] = path.as_slice() else {
            return false;
        };
        let people = self.filler_words(word, &before.to_vec());
        !before.is_empty()
            && people.iter().any(|&noun| {
                let (words, lemma) = (&self.tree.frames.words, &self.tree.word(noun).lemma);
                let person = words.people.contains(lemma) && !words.enterprises.contains(lemma);
                person || self.is_follower(noun)
            })
    }

    /// "arrested X's brother": whether a path leads to whose kin somebody is.
    fn is_of_kin(&self, word: usize, path: &Path) -> bool {
        let [before @ .., Slot::Owner | Slot::Possessor | Slot::Modifier] = path.as_slice() else {
            return false;
        };
        !before.is_empty()
            && self
                .filler_words(word, &before.to_vec())
                .iter()
                .any(|&noun| self.is_kin(noun))
    }

    /// Whether a noun names kin of somebody.
    pub(in crate::extract) fn is_kin(&self, noun: usize) -> bool {
        self.tree
            .frames
            .words
            .kin
            .contains(&self.tree.word(noun).lemma)
    }

    /// Whether a slot path holds one of the dictionary forms.
    pub(super) fn holds(&self, word: usize, condition: &Condition) -> bool {
        self.weight(word, condition).is_some()
    }

    /// How much a condition asks for that holds: nothing in particular 1, a word 3, each further word 1 more.
    pub(super) fn weight(&self, word: usize, (path, lemmas): &Condition) -> Option<usize> {
        let mut fillers = self.filler_words(word, path);
        for at in 0..fillers.len() {
            fillers.extend(self.counted(fillers[at]));
        }
        fillers.extend(self.gerunds(word, path));
        if fillers.is_empty() {
            return None;
        }
        let held = lemmas
            .iter()
            .filter(|lemma| fillers.iter().any(|&filler| self.is_phrase(filler, lemma)));
        held.map(|lemma| {
            if lemma == "*" {
                1
            } else {
                2 + lemma.split(' ').count()
            }
        })
        .max()
    }

    /// Clauses under the preposition of a path of one step ("warned against declaring").
    fn gerunds(&self, word: usize, path: &Path) -> Vec<usize> {
        let [Slot::Under(preposition)] = path.as_slice() else {
            return vec![];
        };
        let roles = [
            Role::OpenContent,
            Role::AdverbialClause,
            Role::NounClause,
            Role::Content,
        ];
        let fits = |&child: &usize| {
            let own = self.tree.word(child);
            roles.contains(&own.role) && own.marker.as_deref() == Some(preposition)
        };
        let children = self.tree.children(word).iter().copied();
        children.filter(fits).collect()
    }

    /// The words that fill a slot path.
    pub(super) fn filler_words(&self, word: usize, path: &Path) -> Vec<usize> {
        let words = self.walk(word, path).into_iter();
        words
            .filter_map(|filler| {
                if let Filler::Word(word) = filler {
                    Some(word)
                } else {
                    None
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::samples, grammar::Pos, text::Span};

    /// How many words of "Peru trusts them" may tell a claim; its first and last word mention these entities.
    fn telling(entities: [&str; 2], quotes: Vec<Quote>) -> usize {
        let paragraph = samples::paragraph(&[
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("trusts", Pos::Verb, Role::Root, 0),
            ("them", Pos::Propn, Role::Object, 2),
        ]);
        let mention = |(word, entity): (usize, &str)| Mention {
            span: paragraph.words[word].span,
            entity: entity.into(),
            kind: MentionKind::Name,
            why: String::new(),
        };
        let mentions = [0, 2].into_iter().zip(entities).map(mention);
        let mentions: Vec<Mention> = mentions.collect();
        let (frames, classes) = (Frames::default(), Classes::default());
        let scene = Scene::new(&paragraph, &mentions, &frames, &classes);
        scene.with_quotes(quotes).telling().len()
    }

    #[test]
    fn a_sentence_tells_claims_only_of_two_actors() {
        assert_eq!(telling(["peru", "chad"], vec![]), 3);
        assert_eq!(telling(["peru", "peru"], vec![]), 0);
    }

    #[test]
    fn who_is_quoted_is_an_actor_of_the_sentence() {
        let speaker = Argument {
            entity: "chad".into(),
            span: Span::new(40, 44),
        };
        let quote = Quote {
            words: 0..3,
            speakers: vec![speaker],
        };
        assert_eq!(telling(["peru", "peru"], vec![quote]), 3);
    }
}
