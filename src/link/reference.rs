//! References: descriptions, "the two sides", pronouns. An ordered list of sieves, the surest first; each looks at one
//! word with everything named before it and answers or passes. Precision goes first: two candidates that the grammar
//! does not tell apart leave the reference open. (The design is the multi-pass sieve of Raghunathan et al. 2010.)

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{
    Found, Reader, described, groups,
    matching::Match,
    offices::{self, Fact},
    sieves,
    speech::{self, quoted},
    spellings::Use,
    words::{holds, is_she},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// Looks at a word (paragraph and index) and answers or passes.
type Sieve = fn(&References, usize, usize) -> Option<Reference>;

/// The sieves in the order of their trust.
const SIEVES: [Sieve; 14] = [
    sieves::described,
    offices::holder,
    groups::counted,
    sieves::owned_noun,
    sieves::counterpart,
    sieves::noun,
    described::by_text,
    sieves::aged,
    sieves::own_possessive,
    speech::teller,
    sieves::he,
    groups::he_who_represents,
    sieves::it,
    groups::they,
];

/// What a sieve answers: the words and whom they mean (two entities for "both sides").
pub(super) struct Reference {
    pub(super) words: Range<usize>,
    pub(super) entities: Vec<Name>,
    pub(super) kind: MentionKind,
    pub(super) why: &'static str,
}

/// The text up to a word, as the sieves see it.
pub(super) struct References<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) descriptions: Vec<Match<'a>>,
    /// Adjectives of countries.
    pub(super) adjectives: Vec<Match<'a>>,
    /// What was mentioned so far, in order.
    pub(super) seen: Vec<Seen>,
    /// Persons that the text has called he (false) or she (true).
    pub(super) called: BTreeMap<Name, bool>,
    /// Who holds which office, as the whole document tells.
    pub(super) facts: Vec<Fact>,
    /// For each word of the paragraph, whether it stands in direct speech.
    pub(super) quoted: Vec<bool>,
    /// For each paragraph, how many sentences stand before it.
    before: Vec<usize>,
}

/// A mention that a reference may go back to.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) paragraph: usize,
    /// Number of the sentence in its paragraph.
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) entity: Name,
    pub(super) subject: bool,
    /// Whether it stands in direct speech.
    pub(super) quoted: bool,
}

/// Resolves references in the order of the text; what is resolved helps the next.
pub(super) fn read(reader: &mut Reader) {
    let mut seen: Vec<Seen> = Vec::new();
    let mut called = BTreeMap::new();
    let mut facts = offices::facts(reader);
    let mut before = Vec::new();
    let mut count = 0;
    for paragraph in reader.paragraphs {
        before.push(count);
        count += paragraph.sentences.len();
    }
    let mut more: Vec<Found> = Vec::new();
    for at in 0..reader.paragraphs.len() {
        let paragraph = &reader.paragraphs[at];
        let used = |usage: Use| -> Vec<Match> {
            let uses = |found: &&Match| found.spellings.iter().any(|one| one.usage == usage);
            let found = reader.matches(at).iter();
            found.filter(uses).cloned().collect()
        };
        let mut view = References {
            reader,
            descriptions: used(Use::Description),
            adjectives: used(Use::Adjective),
            seen,
            called,
            facts,
            quoted: quoted(paragraph),
            before,
        };
        for (sentence, range) in paragraph.sentences.iter().enumerate() {
            for index in range
                .clone()
                .take_while(|&index| index < paragraph.words.len())
            {
                let named = view.names_with_head(at, index);
                // "Hamas-lederen": the name is a part of the word, and the word means its leader.
                let part = reader
                    .name_at(at, index)
                    .is_some_and(|one| one.span.end < paragraph.words[index].span.end);
                let office = if part {
                    offices::holder(&view, at, index)
                } else {
                    None
                };
                if !named.is_empty() && office.is_none() {
                    for entity in named {
                        view.see(at, sentence, index, entity);
                    }
                    continue;
                }
                // A word inside a name refers to nothing else.
                if office.is_none()
                    && reader
                        .name_at(at, index)
                        .is_some_and(|one| one.kind == MentionKind::Name)
                {
                    continue;
                }
                let Some(reference) =
                    office.or_else(|| SIEVES.iter().find_map(|sieve| sieve(&view, at, index)))
                else {
                    continue;
                };
                if let Some(she) = gender(reader, at, index) {
                    let persons = reference
                        .entities
                        .iter()
                        .filter(|_| reference.kind == MentionKind::Pronoun);
                    view.called
                        .extend(persons.map(|entity| (Arc::clone(entity), she)));
                }
                for entity in reference.entities {
                    more.push(Found {
                        paragraph: at,
                        span: paragraph.span(reference.words.clone()),
                        words: reference.words.clone(),
                        entity: Arc::clone(&entity),
                        kind: reference.kind,
                        why: reference.why.to_owned(),
                    });
                    view.see(at, sentence, index, entity);
                }
            }
        }
        (seen, called, facts, before) = (view.seen, view.called, view.facts, view.before);
    }
    reader.found.extend(more);
}

/// Whether a word is "he" (false) or "she" (true).
pub(super) fn gender(reader: &Reader, at: usize, index: usize) -> Option<bool> {
    let lower = reader.lower(at, index);
    let lists = &reader.words.references;
    if holds(&lists.she, &lower) {
        Some(true)
    } else {
        holds(&lists.he, &lower).then_some(false)
    }
}

impl References<'_, '_> {
    /// What a word means: the mention whose head it is, else the one beside it in apposition.
    pub(super) fn meant(&self, at: usize, word: usize) -> Option<Name> {
        let words = &self.reader.paragraphs[at].words;
        let here = |one: &&Seen| one.paragraph == at && one.head == word;
        let beside = |one: &&Seen| {
            one.paragraph == at
                && words[one.head].role == Role::Apposition
                && words[one.head].head == Some(word)
        };
        let mut named = self.seen.iter().filter(here).map(|one| &one.entity);
        if let Some(first) = named.next() {
            return named.all(|other| other == first).then(|| Arc::clone(first));
        }
        self.seen
            .iter()
            .find(beside)
            .map(|one| Arc::clone(&one.entity))
    }

    /// Whether a person is a she, as the text said before or the given name tells.
    pub(super) fn gender_of(&self, person: &Name) -> Option<bool> {
        let called = self.called.get(person).copied();
        called.or_else(|| is_she(self.reader.entities.get(person)?.label("en")))
    }

    /// Whether one word stands above another in the tree.
    pub(super) fn above(&self, at: usize, above: usize, below: usize) -> bool {
        self.step_below(at, above, below).is_some()
    }

    /// Whether a word stands inside the phrase of another, and is not merely joined to it by "and".
    pub(super) fn inside(&self, at: usize, outer: usize, inner: usize) -> bool {
        let step = self.step_below(at, outer, inner);
        let words = &self.reader.paragraphs[at].words;
        step.is_some_and(|step| words[step].role != Role::Conjunct)
    }

    /// The child of one word on the way down to another.
    fn step_below(&self, at: usize, above: usize, mut below: usize) -> Option<usize> {
        let words = &self.reader.paragraphs[at].words;
        for _ in 0..words.len() {
            match words[below].head {
                Some(head) if head == above => return Some(below),
                Some(head) => below = head,
                None => return None,
            }
        }
        None
    }

    /// Whether a word stands in a relative clause.
    pub(super) fn in_relative_clause(&self, at: usize, index: usize) -> bool {
        let words = &self.reader.paragraphs[at].words;
        let mut below = index;
        for _ in 0..words.len() {
            if words[below].role == Role::RelativeClause {
                return true;
            }
            match words[below].head {
                Some(head) => below = head,
                None => return false,
            }
        }
        false
    }

    /// Who is named beside a word under the same verb: nobody whom a pronoun there can mean.
    pub(super) fn named_under_verb(&self, at: usize, index: usize) -> Vec<Name> {
        let paragraph = &self.reader.paragraphs[at];
        let roles = [Role::Subject, Role::Object, Role::IndirectObject];
        let verb = paragraph.words[index].head.into_iter();
        let beside = verb.flat_map(|verb| paragraph.children_with(verb, &roles));
        beside
            .filter(|&child| child != index)
            .flat_map(|child| self.names_with_head(at, child))
            .collect()
    }

    fn names_with_head(&self, at: usize, index: usize) -> Vec<Name> {
        let here = self
            .reader
            .found
            .iter()
            .filter(|one| one.paragraph == at && one.words.contains(&index));
        let heads = here.filter(|one| self.reader.head(at, one.words.clone()) == index);
        heads.map(|one| Arc::clone(&one.entity)).collect()
    }

    fn see(&mut self, paragraph: usize, sentence: usize, head: usize, entity: Name) {
        let (role, _) = self.reader.role(paragraph, head..head + 1);
        let subject = matches!(role, Role::Subject | Role::PassiveSubject);
        self.seen.push(Seen {
            paragraph,
            sentence,
            head,
            entity,
            subject,
            quoted: self.quoted.get(head).copied().unwrap_or(false),
        });
    }

    pub(super) fn sentence(&self, at: usize, index: usize) -> usize {
        let sentences = &self.reader.paragraphs[at].sentences;
        sentences
            .iter()
            .position(|range| range.contains(&index))
            .unwrap_or(0)
    }

    /// Mentions of some kinds in the sentence of a word, or `back` sentences before it.
    pub(super) fn around(
        &self,
        at: usize,
        index: usize,
        back: usize,
        kinds: &[String],
    ) -> Vec<&Seen> {
        let fits = |one: &&Seen| {
            self.distance(at, index, one) == back && self.reader.is_any(&one.entity, kinds)
        };
        self.seen.iter().filter(fits).collect()
    }

    /// How many sentences a mention stands before a word.
    pub(super) fn distance(&self, at: usize, index: usize, one: &Seen) -> usize {
        let here = self.before[at] + self.sentence(at, index);
        here.saturating_sub(self.before[one.paragraph] + one.sentence)
    }

    /// Plural common nouns that stand as subjects in the sentence of a word, before it, or in the one `back` before, and
    /// mean nobody who was named: paragraph and word of each.
    pub(super) fn plural_subjects(
        &self,
        at: usize,
        index: usize,
        back: usize,
    ) -> Vec<(usize, usize)> {
        self.noun_subjects(at, index, back, "Plur")
    }

    /// The same in the singular.
    pub(super) fn single_subjects(
        &self,
        at: usize,
        index: usize,
        back: usize,
    ) -> Vec<(usize, usize)> {
        self.noun_subjects(at, index, back, "Sing")
    }

    fn noun_subjects(
        &self,
        at: usize,
        index: usize,
        back: usize,
        number: &str,
    ) -> Vec<(usize, usize)> {
        let here = self.before[at] + self.sentence(at, index);
        let sentence = here.checked_sub(back).and_then(|count| {
            let place = self.before.iter().rposition(|&before| before <= count)?;
            let sentences = &self.reader.paragraphs[place].sentences;
            Some((place, sentences.get(count - self.before[place])?.clone()))
        });
        let Some((place, sentence)) = sentence else {
            return Vec::new();
        };
        let words = &self.reader.paragraphs[place].words;
        let meant = |word: usize| {
            let here = |one: &Seen| one.paragraph == place && one.head == word;
            self.seen.iter().any(here)
        };
        sentence
            .take_while(|&word| place != at || word < index)
            .filter(|&word| {
                let own = &words[word];
                own.pos == Pos::Noun
                    && own.feature("Number") == Some(number)
                    && matches!(own.role, Role::Subject | Role::PassiveSubject)
                    && !meant(word)
            })
            .map(|word| (place, word))
            .collect()
    }

    pub(super) fn lower(&self, at: usize, index: usize) -> String {
        self.reader.lower(at, index)
    }

    /// Start of the phrase whose noun stands at a word, if it is definite ("the Islamist movement", "bevegelsen").
    pub(super) fn definite_start(
        &self,
        at: usize,
        start: usize,
        noun: usize,
    ) -> Option<(usize, bool)> {
        let paragraph = &self.reader.paragraphs[at];
        let lists = &self.reader.words.references;
        let mut from = start;
        while from > 0
            && paragraph.words[from - 1].pos == Pos::Adj
            && self.reader.name_at(at, from - 1).is_none()
        {
            from -= 1;
        }
        let before = from
            .checked_sub(1)
            .map(|index| self.lower(at, index))
            .unwrap_or_default();
        if holds(&lists.definite, &before) {
            return Some((from - 1, false));
        }
        if holds(&lists.owned, &before) {
            return Some((from - 1, true));
        }
        let ending = self.reader.words.norwegian()
            && paragraph.words[noun].feature("Definite") == Some("Def");
        ending.then_some((from, false))
    }

    /// Whether a name beside the noun says already whom it means ("the group Hezbollah", "Israel's government").
    pub(super) fn named_beside(&self, at: usize, from: usize, noun: usize) -> bool {
        let paragraph = &self.reader.paragraphs[at];
        let name = |index: usize| self.reader.name_at(at, index).is_some();
        let mut next = noun + 1;
        if paragraph
            .words
            .get(next)
            .is_some_and(|word| word.text == ",")
        {
            next += 1;
        }
        let apposed = paragraph
            .children_with(noun, &[Role::Apposition, Role::Flat])
            .any(name);
        let apposing = paragraph.words[noun].role == Role::Apposition
            && paragraph.words[noun].head.is_some_and(name);
        let attribute = matches!(paragraph.words[noun].role, Role::Attribute | Role::Compound);
        (from..noun).any(name) || name(noun + 1) || apposed && name(next) || apposing || attribute
    }
}
