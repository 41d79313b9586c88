//! A paragraph with its mentions at hand: which actors a word stands for, and what fills a slot.

use std::collections::BTreeSet;

use super::{
    frames::{Call, Condition, Frames, Kind, Path, Slot},
    speakers::Quote,
    tree::Tree,
};
use crate::{
    claim::{Argument, Mention, MentionKind, Name},
    grammar::{Paragraph, Pos, Role},
    text::Span,
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
}

/// A paragraph's tree and mentions.
pub(super) struct Scene<'a> {
    pub(super) tree: Tree<'a>,
    mentions: Vec<&'a Mention>,
    /// For each word, the mentions that overlap it (indices into `mentions`).
    at_word: Vec<Vec<usize>>,
    classes: &'a Classes,
    quotes: Vec<Quote>,
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
        }
    }

    /// The same with its quotations.
    pub(super) fn with_quotes(self, quotes: Vec<Quote>) -> Self {
        Self { quotes, ..self }
    }

    /// The quotation in which a word stands.
    pub(super) fn quote(&self, word: usize) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.words.contains(&word))
    }

    /// Whether a word is a part of a day ("dawn").
    pub(super) fn is_day_part(&self, word: usize) -> bool {
        let parts = &self.tree.frames.words.time.day_parts;
        let own = self.tree.word(word);
        parts.contains(&own.lemma) || parts.contains(&own.text.to_lowercase())
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
    pub(super) fn agents(&self, word: usize) -> Vec<Actor> {
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
    pub(super) fn mentioned(&self, head: usize) -> Vec<Actor> {
        self.mentions_headed(head)
            .into_iter()
            .map(|number| self.actor(number))
            .collect()
    }

    /// The mentions of a stretch of words, each with the word that heads it, in the order of the text.
    pub(super) fn given(&self, words: std::ops::Range<usize>) -> Vec<(usize, Actor)> {
        let whole = self.tree.paragraph.span(words.clone());
        let inside = |mention: &&Mention| whole.contains(mention.span);
        let head = |span: Span| {
            let own = |&word: &usize| span.overlaps(self.tree.word(word).span);
            let out = |&word: &usize| {
                let above = self.tree.word(word).head;
                above.is_none_or(|above| !span.overlaps(self.tree.word(above).span))
            };
            words.clone().filter(own).find(out)
        };
        let numbered = self.mentions.iter().enumerate();
        numbered
            .filter(|(_, mention)| inside(mention))
            .filter_map(|(number, mention)| Some((head(mention.span)?, self.actor(number))))
            .collect()
    }

    /// The actors that fill a slot path of a word.
    pub(super) fn fill(&self, word: usize, path: &Path) -> Vec<Actor> {
        let mut found = vec![];
        for filler in self.walk(word, path) {
            for actor in self.actors_of(filler) {
                if !found.contains(&actor) {
                    found.push(actor);
                }
            }
        }
        found
    }

    /// Whether a slot path holds one of the dictionary forms.
    pub(super) fn holds(&self, word: usize, condition: &Condition) -> bool {
        self.weight(word, condition).is_some()
    }

    /// How much a condition asks for that holds: nothing in particular 1, a word 3, each further word 1 more.
    pub(super) fn weight(&self, word: usize, (path, lemmas): &Condition) -> Option<usize> {
        let mut fillers = self.filler_words(word, path);
        let counted: Vec<usize> = fillers
            .iter()
            .flat_map(|&filler| self.counted(filler))
            .collect();
        fillers.extend(counted);
        fillers.extend(self.gerunds(word, path));
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

    /// What is counted or gathered by a word: "reservists" of "tens of thousands of reservists".
    fn counted(&self, word: usize) -> Vec<usize> {
        let words = &self.tree.frames.words;
        let Some(of) = words.owner.first() else {
            return vec![];
        };
        let (mut at, mut found) = (vec![word], vec![]);
        for _ in 0..DEPTH {
            at.retain(|&counter| {
                let own = self.tree.word(counter);
                own.pos == Pos::Num
                    || words.collective.contains(&own.lemma)
                    || words.collective.contains(&own.text.to_lowercase())
            });
            at = at
                .into_iter()
                .flat_map(|counter| self.obliques(counter, of))
                .collect();
            found.extend(at.iter().copied());
        }
        found
    }

    /// Whether a word is one of a condition's words; what `*` lets through is nothing that was asked for.
    pub(super) fn is_one_of(&self, word: usize, lemmas: &[String]) -> bool {
        lemmas
            .iter()
            .any(|lemma| lemma != "*" && self.is_phrase(word, lemma))
    }

    /// Whether a word and those right before it have these dictionary forms ("travel ban").
    fn is_phrase(&self, word: usize, phrase: &str) -> bool {
        let Some((before, last)) = phrase.rsplit_once(' ') else {
            return self.is_lemma(word, phrase);
        };
        let before: Vec<String> = before.split(' ').map(str::to_owned).collect();
        self.is_lemma(word, last)
            && word
                .checked_sub(before.len())
                .is_some_and(|start| self.are(start, &before))
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

    /// Whether a word's dictionary form is `lemma`, or ends in it after a hyphen; `*` is any.
    fn is_lemma(&self, word: usize, lemma: &str) -> bool {
        let own = self.tree.word(word);
        // "F-16-fly", "gass-stopp"
        let last = || {
            own.lemma
                .rsplit_once('-')
                .is_some_and(|(_, last)| last == lemma)
        };
        lemma == "*"
            || own.lemma == lemma
            || last()
            || self.head_lemma(word) == lemma
            || own.text.to_lowercase() == lemma
    }

    /// The dictionary form of what a hyphenated word is: "leder" of "Hamas-leder", if a name stands before the hyphen.
    pub(super) fn head_lemma(&self, word: usize) -> &'a str {
        let lemma = &self.tree.word(word).lemma;
        match lemma.rsplit_once('-') {
            Some((_, last)) if self.joined_name(word).is_some() && !last.is_empty() => last,
            _ => lemma,
        }
    }

    /// The mention that is the first part of a hyphenated word.
    fn joined_name(&self, word: usize) -> Option<usize> {
        let own = self.tree.word(word);
        let hyphen = own.text.rfind(['-', '\u{2011}'])? + own.span.start;
        let starts = |number: &&usize| {
            let span = self.mentions[**number].span;
            span.end <= hyphen + 1
                && span.start <= own.span.start.max(span.start)
                && span.end > own.span.start
        };
        self.at_word[word].iter().find(starts).copied()
    }

    /// Whether `word` is the last word of the name at `span`, or the only one.
    pub(super) fn heads(&self, word: usize, span: Span) -> bool {
        span.overlaps(self.tree.word(word).span)
    }

    /// What hangs on a word itself in a slot, without looking further.
    pub(super) fn direct(&self, word: usize, slot: &Slot) -> Vec<Filler> {
        match slot {
            Slot::Under(preposition) => {
                let mut found = self.obliques(word, preposition);
                // "stormed the hospital in Gaza", "met at the hotel in Oslo": parsers hang what follows an argument on its verb.
                let own = self.tree.word(word);
                let verb = self
                    .governor(word)
                    .or(own.head.filter(|_| own.role == Role::Oblique))
                    .filter(|&verb| self.tree.is_verb(verb));
                if let Some(verb) = verb.filter(|_| found.is_empty()) {
                    let near = self.obliques(verb, preposition).into_iter();
                    found.extend(near.filter(|&under| self.follows(word, under)));
                }
                found.into_iter().map(Filler::Word).collect()
            }
            _ => self.slot(word, slot),
        }
    }

    /// Whether the phrase that `under` heads begins right behind the name that `word` heads.
    fn follows(&self, word: usize, under: usize) -> bool {
        let first = self.tree.children(under).first().copied().unwrap_or(under);
        let ends = self.mentions_headed(word).into_iter().any(|number| {
            let end = self.mentions[number].span.end;
            first > word && self.tree.word(first - 1).span.end == end
        });
        ends || first == word + 1
    }

    /// The actor of a mention.
    pub(super) fn named(&self, number: usize) -> Vec<Actor> {
        vec![self.actor(number)]
    }

    fn actors_of(&self, filler: Filler) -> Vec<Actor> {
        match filler {
            Filler::Word(word) => self.actors(word),
            Filler::Mention(number) => vec![self.actor(number)],
        }
    }

    fn actor(&self, number: usize) -> Actor {
        let mention = self.mentions[number];
        Actor {
            argument: Argument {
                entity: mention.entity.clone(),
                span: mention.span,
            },
            kind: mention.kind,
        }
    }

    fn actors_within(&self, head: usize, depth: usize) -> Vec<Actor> {
        if depth > DEPTH {
            return vec![];
        }
        let mut named = self.mentions_headed(head);
        if !named.is_empty() {
            named.splice(0..0, self.joint_owners(head, &named));
            return named.into_iter().map(|number| self.actor(number)).collect();
        }
        if self.tree.is_relative(head) {
            return self
                .tree
                .antecedent(head)
                .map_or_else(Vec::new, |noun| self.actors_within(noun, depth + 1));
        }
        if self.tree.word(head).pos == Pos::Pron {
            return self.reported(head, depth);
        }
        if !self.tree.is_nominal(head) {
            return vec![];
        }
        // "the group Hamas", "the president, Mahmoud Abbas": the name beside the noun is who is meant.
        let plural = self.tree.word(head).feature("Number") == Some("Plur");
        for beside in self.tree.with_role(head, Role::Apposition) {
            // "the presidents X and Y"
            let all = if plural {
                self.tree.coordinated(beside)
            } else {
                vec![beside]
            };
            let actors: Vec<Actor> = all
                .into_iter()
                .flat_map(|beside| self.actors_within(beside, depth + 1))
                .collect();
            if !actors.is_empty() {
                return actors;
            }
        }
        if self
            .tree
            .frames
            .words
            .named_under
            .contains(&self.tree.word(head).lemma)
        {
            let under = self
                .tree
                .frames
                .words
                .owner
                .first()
                .map_or_else(Vec::new, |of| self.obliques(head, of));
            let named: Vec<Actor> = under
                .into_iter()
                .flat_map(|name| self.actors_within(name, depth + 1))
                .collect();
            if !named.is_empty() {
                return named;
            }
        }
        // "the Democratic Forces, an alliance backed by X": what stands beside a name is who the name means.
        let own = self.tree.word(head);
        if let (Pos::Noun, Role::Apposition, Some(name)) = (own.pos, own.role, own.head)
            && name < head
            && self.tree.word(name).pos == Pos::Propn
        {
            return self.actors_within(name, depth + 1);
        }
        if self.is_stand_in(head) || self.is_means(head) {
            self.owner_of_stand_in(head, depth)
        } else {
            vec![]
        }
    }

    /// "killed by an Israeli air strike": the act by which another is done stands for who does it.
    fn is_means(&self, noun: usize) -> bool {
        let own = self.tree.word(noun);
        let place = match (own.role, own.head) {
            (Role::Agent, _) => true,
            (Role::Subject, Some(verb)) => self.is_hurtful(verb),
            (Role::Oblique, Some(verb)) => {
                self.is_hurtful(verb)
                    && self.tree.is_passive(verb)
                    && self.means(verb).contains(&noun)
            }
            _ => false,
        };
        place && self.is_act(noun)
    }

    /// Whether a verb names what attacks do ("killed", "wounded").
    fn is_hurtful(&self, verb: usize) -> bool {
        let words = &self.tree.frames.words;
        self.tree.is_verb(verb) && words.hurting.contains(&self.tree.word(verb).lemma)
    }

    /// "Hezbollah and Amal fighters": the first of two owners, where only the second and the noun make a mention.
    fn joint_owners(&self, head: usize, named: &[usize]) -> Vec<usize> {
        let inside = |word: usize| {
            let span = self.tree.word(word).span;
            named
                .iter()
                .any(|&number| self.mentions[number].span.overlaps(span))
        };
        let plural = self.tree.word(head).feature("Number") == Some("Plur");
        let compounds = self.tree.with_role(head, Role::Compound).into_iter();
        let joint = compounds.filter(|&first| {
            let conjuncts = self.tree.with_role(first, Role::Conjunct);
            plural && !inside(first) && conjuncts.into_iter().any(inside)
        });
        joint
            .filter_map(|first| self.mention_beside(first, head))
            .collect()
    }

    /// "Russia said it would attack": a pronoun that is the subject of reported speech is the one who speaks, if it agrees.
    fn reported(&self, pronoun: usize, depth: usize) -> Vec<Actor> {
        let words = &self.tree.frames.words;
        let own = self.tree.word(pronoun);
        let form = own.text.to_lowercase();
        let (thing, person) = (
            words.reported_thing.contains(&form),
            words.reported_person.contains(&form),
        );
        if words.quoted.contains(&form) {
            return self.quoted(pronoun);
        }
        let subject = matches!(own.role, Role::Subject | Role::PassiveSubject);
        let Some(clause) = own.head.filter(|_| subject && (thing || person)) else {
            return vec![];
        };
        let below = |role: Role| matches!(role, Role::Content | Role::NounClause);
        let Some(above) = self
            .tree
            .word(clause)
            .head
            .filter(|_| below(self.tree.word(clause).role))
        else {
            return vec![];
        };
        // "denied claims that it had armed X": who denies them is meant.
        let told = self
            .governor(above)
            .filter(|_| !self.calls(Kind::OperatorNoun, above).is_empty());
        let verb = told.unwrap_or(above);
        let speaks = told.is_some()
            || self
                .calls(Kind::OperatorVerb, verb)
                .iter()
                .any(|&(number, _)| self.tree.frames.operators[number].speaker);
        let speakers = if speaks {
            self.tree.with_role(verb, Role::Subject)
        } else {
            vec![]
        };
        let mut found: Vec<Actor> = speakers
            .into_iter()
            .filter(|&speaker| speaker < pronoun)
            .flat_map(|speaker| self.actors_within(self.meant(speaker), depth + 1))
            .collect();
        found.retain(|actor| {
            let entity = &actor.argument.entity;
            (person && self.classes.persons.contains(entity))
                || (thing && !self.classes.persons.contains(entity))
        });
        for actor in &mut found {
            actor.kind = MentionKind::Pronoun;
        }
        found
    }

    /// "We will not negotiate with X", in a quotation: who says it.
    fn quoted(&self, pronoun: usize) -> Vec<Actor> {
        let speakers = self.quote(pronoun).map(|quote| quote.speakers.as_slice());
        match speakers {
            Some([speaker]) => vec![Actor {
                argument: Argument {
                    entity: speaker.entity.clone(),
                    span: self.tree.word(pronoun).span,
                },
                kind: MentionKind::Pronoun,
            }],
            _ => vec![],
        }
    }

    fn is_stand_in(&self, word: usize) -> bool {
        let words = &self.tree.frames.words;
        self.is_listed(word, &words.stand_ins) || self.is_listed(word, &words.followers)
    }

    /// Whether a noun names people who only belong to somebody ("militants").
    pub(super) fn is_follower(&self, word: usize) -> bool {
        self.is_listed(word, &self.tree.frames.words.followers)
    }

    fn is_listed(&self, word: usize, list: &BTreeSet<String>) -> bool {
        let own = self.tree.word(word);
        list.contains(self.head_lemma(word))
            || (own.pos == Pos::Noun && list.contains(&own.text.to_lowercase()))
    }

    fn owner_of_stand_in(&self, word: usize, depth: usize) -> Vec<Actor> {
        let follower = self.is_follower(word);
        for filler in self.owners(word) {
            let mut actors = match filler {
                Filler::Word(owner) => self.actors_within(owner, depth + 1),
                Filler::Mention(number) => vec![self.actor(number)],
            };
            // "Palestinian gunmen" are not Palestine, nor are its prisoners.
            actors.retain(|actor| {
                !(follower && self.classes.places.contains(&actor.argument.entity))
            });
            if !actors.is_empty() {
                return actors;
            }
        }
        vec![]
    }

    /// The longest mentions whose last content word is `head`; a name inside a longer one does not count.
    fn mentions_headed(&self, head: usize) -> Vec<usize> {
        let word = self.tree.word(head);
        let covers = |number: &usize| {
            let span = self.mentions[*number].span;
            // A possessive ending may be left out of the mention; half a hyphenated word is not the word.
            let whole = span.end >= word.span.end || self.only_ending_follows(word.span, span);
            span.start <= word.span.start.max(span.start) && span.overlaps(word.span) && whole
        };
        let mut covering: Vec<usize> = self.at_word[head].iter().copied().filter(covers).collect();
        // "Hamas" in "the delegation of Hamas" is a name of its own: only in longer names do the parts not count.
        covering.retain(|&number| {
            let mention = self.mentions[number];
            mention.kind == MentionKind::Name || self.is_head_of(head, mention.span)
        });
        let Some(longest) = covering
            .iter()
            .map(|&number| self.mentions[number].span.len())
            .max()
        else {
            return vec![];
        };
        let longest_ones = covering
            .into_iter()
            .filter(|&number| self.mentions[number].span.len() == longest);
        longest_ones
            .filter(|&number| self.is_head_of(head, self.mentions[number].span))
            .collect()
    }

    /// Whether what stands between the end of a name and the end of its word is a genitive ending.
    fn only_ending_follows(&self, word: Span, name: Span) -> bool {
        name.start >= word.start && name.end < word.end && word.end - name.end <= 4 && {
            let index = self
                .tree
                .paragraph
                .words
                .partition_point(|other| other.span.start < word.start);
            let text = &self.tree.word(index).text;
            let rest = text.get(name.end - word.start..).unwrap_or("-");
            matches!(rest, "s" | "'" | "\u{2019}" | "'s" | "\u{2019}s" | "-s")
        }
    }

    /// Whether `head` is the highest word of the tree inside the span, so that "Gaza" in "Gaza City" heads nothing.
    fn is_head_of(&self, head: usize, span: Span) -> bool {
        let above = self.tree.word(head).head;
        above.is_none_or(|above| {
            !span.overlaps(self.tree.word(above).span)
                || self.tree.word(above).span.start < span.start
        })
    }

    fn walk(&self, word: usize, path: &Path) -> Vec<Filler> {
        let mut at = vec![Filler::Word(word)];
        for slot in path {
            let words = at.into_iter().filter_map(|filler| {
                if let Filler::Word(word) = filler {
                    Some(word)
                } else {
                    None
                }
            });
            at = words.flat_map(|word| self.slot(word, slot)).collect();
        }
        at
    }

    fn slot(&self, word: usize, slot: &Slot) -> Vec<Filler> {
        let words = |found: Vec<usize>| found.into_iter().map(Filler::Word).collect::<Vec<_>>();
        match slot {
            Slot::Subject if self.tree.is_verb(word) && !self.is_adjectival(word) => {
                self.verb_subject(word)
            }
            Slot::Subject => words(self.modified(word)),
            Slot::Object => words(self.tree.objects(word)),
            Slot::Indirect => words(self.tree.receivers(word)),
            Slot::Attribute => words(self.attributes(word)),
            Slot::Possessor => words(self.spread(self.tree.with_role(word, Role::Possessor))),
            Slot::Modifier => self.modifiers(word),
            Slot::Owner => self.owners(word),
            Slot::Apposition => words(self.beside(word)),
            Slot::Clause => words(self.clause_subjects(word, |_| true)),
            Slot::Infinitive => words(self.clause_subjects(word, |clause| {
                let own = self.tree.word(clause);
                let bare = own.feature("VerbForm") == Some("Inf");
                if own.role == Role::Content {
                    // "wants X to leave", not "says X would leave".
                    return bare && !self.tree.has(clause, Role::Auxiliary);
                }
                bare || own.marker.is_none()
            })),
            Slot::Mover => words(self.movers(word)),
            Slot::Intender => words(self.intenders(word)),
            Slot::Under(preposition) => words(self.under(word, preposition)),
        }
    }

    /// A participle before its noun ("US-backed troops") is an adjective.
    fn is_adjectival(&self, word: usize) -> bool {
        self.tree.word(word).role == Role::Adjective
    }

    fn verb_subject(&self, verb: usize) -> Vec<Filler> {
        let mut found = self.tree.subjects(verb);
        if !found.is_empty() {
            found.extend(self.companions(verb));
        } else if self.tree.is_passive(verb) {
            found.extend(self.means(verb));
        }
        found.into_iter().map(Filler::Word).collect()
    }

    /// "Sweden, along with Norway, criticised X": who does it together with the subject.
    fn companions(&self, verb: usize) -> Vec<usize> {
        let words = &self.tree.frames.words;
        let own = self.tree.with_role(verb, Role::Subject).into_iter();
        let hosts = own.chain(std::iter::once(verb));
        let beside = |&child: &usize| {
            let marker = self.tree.word(child).marker.as_ref();
            marker.is_some_and(|marker| words.companion.contains(marker)) && child < verb
        };
        let under = hosts.flat_map(|host| self.tree.with_role(host, Role::Oblique));
        self.spread(under.filter(beside).collect())
    }

    /// "was killed in an Israeli air strike": the hostile act in which a passive without an agent happened.
    fn means(&self, verb: usize) -> Vec<usize> {
        let same_time = &self.tree.frames.words.time.same_time;
        let mut found = self.tree.with_role(verb, Role::Oblique);
        found.retain(|&noun| {
            let marker = self.tree.word(noun).marker.as_ref();
            marker.is_some_and(|marker| same_time.contains(marker)) && self.is_act(noun)
        });
        found
    }

    /// Whether a noun names an act, not an actor.
    fn is_act(&self, noun: usize) -> bool {
        self.tree.word(noun).pos == Pos::Noun && !self.calls(Kind::Noun, noun).is_empty()
    }

    /// Predicate nouns and adjectives; an adjective may be called an adverb ("holder Iran ansvarlig").
    fn attributes(&self, verb: usize) -> Vec<usize> {
        let mut found = self.tree.with_role(verb, Role::Attribute);
        found.extend(
            self.tree
                .with_role(verb, Role::Adverb)
                .into_iter()
                .filter(|&child| self.tree.word(child).pos == Pos::Adj),
        );
        // "designated X a terrorist group": of two objects the second says what the first is.
        let objects = self.tree.with_role(verb, Role::Object);
        let later = objects.into_iter().skip(1);
        found.extend(later.filter(|&object| self.tree.word(object).pos == Pos::Noun));
        self.spread(found)
    }

    fn spread(&self, heads: Vec<usize>) -> Vec<usize> {
        heads
            .into_iter()
            .flat_map(|head| self.tree.coordinated(head))
            .collect()
    }

    /// The noun that an adjective says something of, or the subject of a predicate noun or adjective.
    fn modified(&self, word: usize) -> Vec<usize> {
        let own = self.tree.word(word);
        let subject = self.tree.with_role(word, Role::Subject);
        if !subject.is_empty() {
            return self
                .spread(subject)
                .into_iter()
                .map(|head| self.meant(head))
                .collect();
        }
        match (own.role, own.head) {
            (Role::Adjective | Role::NounClause, Some(head)) if self.tree.is_nominal(head) => {
                self.tree.coordinated(head)
            }
            (Role::Conjunct, Some(head)) if head < word => self.modified(head),
            // "denied being a member of X"
            (Role::OpenContent, Some(_)) if self.tree.has(word, Role::Copula) => {
                self.tree.grammatical_subject(word, 0)
            }
            (Role::Attribute, Some(verb)) => self.tree.grammatical_subject(verb, 0),
            (Role::RelativeClause, Some(head)) => self.tree.coordinated(head),
            (Role::Apposition, Some(head)) => self.tree.described(word, head),
            // An adjective after its noun ("units, loyal to X,") may hang on it in other ways.
            (_, Some(head)) if own.pos == Pos::Adj && head < word && self.tree.is_nominal(head) => {
                vec![head]
            }
            _ => vec![],
        }
    }

    fn meant(&self, head: usize) -> usize {
        if self.tree.is_relative(head) {
            self.tree.antecedent(head).unwrap_or(head)
        } else {
            head
        }
    }

    fn modifiers(&self, word: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = self
            .joined_name(word)
            .into_iter()
            .map(Filler::Mention)
            .collect();
        for &child in self.tree.children(word) {
            let own = self.tree.word(child);
            let before = child < word
                && matches!(
                    own.role,
                    Role::Compound | Role::Adjective | Role::BareOblique | Role::Flat
                );
            let participle_actor =
                child < word && self.is_adjectival(word) && own.role == Role::Subject;
            if before || participle_actor {
                // An adjective made from a name counts; a common adjective has no mention and is passed over.
                let others = self.tree.with_role(child, Role::Conjunct);
                // "EU member state": the name may hang on a common noun of the compound.
                let within = if own.pos == Pos::Noun && self.at_word[child].is_empty() {
                    self.tree.with_role(child, Role::Compound)
                } else {
                    vec![]
                };
                let named = [child]
                    .into_iter()
                    .chain(others)
                    .chain(within)
                    .filter(|&part| !self.is_common_adjective(part))
                    .filter_map(|part| self.mention_beside(part, word));
                found.extend(named.map(Filler::Mention));
            }
        }
        found
    }

    /// "The military takeover" names no military: a description is a noun.
    fn is_common_adjective(&self, word: usize) -> bool {
        let described = |number: &usize| self.mentions[*number].kind != MentionKind::Name;
        self.tree.word(word).pos == Pos::Adj && self.at_word[word].iter().any(described)
    }

    /// The longest mention at `part` that leaves `word` out: in "Hamas' armed wing" the whole is no modifier of its head.
    fn mention_beside(&self, part: usize, word: usize) -> Option<usize> {
        let own = self.tree.word(word).span;
        let (around, apart): (Vec<usize>, Vec<usize>) = self.at_word[part]
            .iter()
            .copied()
            .partition(|&number| self.mentions[number].span.overlaps(own));
        // Parts of a longer name are nobody: "Paris" in "the Paris Agreement"; but "the Egyptian army" is Egypt's.
        let named = self.tree.word(word).text.starts_with(char::is_uppercase);
        if named
            && around
                .iter()
                .any(|&number| self.mentions[number].kind == MentionKind::Name)
        {
            return None;
        }
        apart
            .into_iter()
            .max_by_key(|&number| self.mentions[number].span.len())
    }

    fn owners(&self, word: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = self
            .spread(self.tree.with_role(word, Role::Possessor))
            .into_iter()
            .map(Filler::Word)
            .collect();
        found.extend(self.modifiers(word));
        for preposition in &self.tree.frames.words.owner {
            found.extend(self.under(word, preposition).into_iter().map(Filler::Word));
        }
        found
    }

    fn beside(&self, word: usize) -> Vec<usize> {
        let mut found = self.spread(self.tree.with_role(word, Role::Apposition));
        if let (Role::Apposition, Some(head)) =
            (self.tree.word(word).role, self.tree.word(word).head)
        {
            found.extend(self.tree.described(word, head));
        }
        // "byen Aleppo", "EU-landet Ungarn": the noun in front may hang on the name.
        let own = self.tree.word(word);
        if let (Role::Compound | Role::Flat, Some(head)) = (own.role, own.head)
            && head > word
            && self.tree.word(head).pos == Pos::Propn
        {
            found.extend(self.tree.coordinated(head));
        }
        // "Iran, X's enemy and Y's ally": the second description is of the same name.
        if let (Role::Conjunct, Some(first)) = (own.role, own.head)
            && self.tree.word(first).role == Role::Apposition
        {
            found.extend(self.tree.word(first).head);
        }
        found
    }

    fn clause_subjects(&self, word: usize, admitted: impl Fn(usize) -> bool) -> Vec<usize> {
        let clauses = self.tree.children(word).iter().copied().filter(|&child| {
            matches!(
                self.tree.word(child).role,
                Role::Content | Role::OpenContent | Role::NounClause | Role::AdverbialClause
            )
        });
        clauses
            .filter(|&clause| admitted(clause))
            .flat_map(|clause| self.tree.grammatical_subject(clause, 0))
            .collect()
    }

    fn movers(&self, noun: usize) -> Vec<usize> {
        self.governor(noun)
            .map_or_else(Vec::new, |verb| self.tree.subjects(verb))
    }

    fn intenders(&self, noun: usize) -> Vec<usize> {
        let verb = self.governor(noun).filter(|&verb| {
            let called = self.calls(Kind::OperatorVerb, verb);
            let takes = |&(of, _): &(usize, usize)| {
                self.tree.frames.operators[of].slots.contains(&Slot::Object)
            };
            called.iter().any(takes)
        });
        verb.map_or_else(Vec::new, |verb| self.tree.subjects(verb))
    }

    /// The verb whose object (or passive subject) a noun is.
    pub(super) fn governor(&self, noun: usize) -> Option<usize> {
        let word = self.tree.word(noun);
        let head = word.head?;
        match word.role {
            Role::Object | Role::PassiveSubject => Some(head),
            Role::Conjunct => self.governor(head),
            _ => None,
        }
    }

    fn under(&self, word: usize, preposition: &str) -> Vec<usize> {
        let mut direct = self.obliques(word, preposition);
        direct.extend(self.makers(word, preposition));
        if !direct.is_empty() || preposition == "of" {
            // "stripped Anna Holm of her rights": a name has nothing under "of" where its verb asks for it.
            let names = if direct.is_empty() && self.tree.is_verb(word) {
                self.tree.with_role(word, Role::Object)
            } else {
                vec![]
            };
            let names = names
                .into_iter()
                .filter(|&name| self.tree.word(name).pos == Pos::Propn);
            let under_names = names.flat_map(|name| self.obliques(name, preposition));
            return self.spread(direct.into_iter().chain(under_names).collect());
        }
        // "held talks on Friday with X": what belongs to the noun may hang on its verb, and the other way round; and what
        // follows a name in another phrase ("criticism from X of Y") hangs on what the name hangs on.
        let mut near = vec![];
        if self.tree.is_verb(word) {
            for &child in self.tree.children(word) {
                let role = self.tree.word(child).role;
                if role == Role::Object
                    || (role == Role::PassiveSubject && child < word)
                    || (matches!(role, Role::Oblique | Role::Agent) && child > word)
                {
                    near.extend(self.obliques(child, preposition));
                }
            }
        } else {
            for &child in self.tree.children(word) {
                let own = self.tree.word(child);
                let named = own.role == Role::Oblique && own.pos == Pos::Propn;
                // "the truce that X brokered between Y and Z"
                let creating = &self.tree.frames.words.creating;
                let gap =
                    own.role == Role::RelativeClause && self.tree.objects(child).contains(&word);
                // "sanctions imposed on X"
                let made = gap || (own.role == Role::NounClause && creating.contains(&own.lemma));
                if named || made {
                    near.extend(self.obliques(child, preposition));
                }
            }
            if let Some(verb) = self.governor(word).filter(|_| near.is_empty()) {
                // Who condemns an attack did not make it: the verb's agent is not the noun's.
                let belongs =
                    |&found: &usize| found > word && self.tree.word(found).role != Role::Agent;
                near.extend(self.obliques(verb, preposition).into_iter().filter(belongs));
            }
        }
        self.spread(near)
    }

    /// The agent of a participle that says who made what a noun names ("the drills held by X").
    fn makers(&self, noun: usize, preposition: &str) -> Vec<usize> {
        let created = |&clause: &usize| {
            let own = self.tree.word(clause);
            self.tree.frames.words.creating.contains(&own.lemma)
        };
        let clauses = self.tree.with_role(noun, Role::NounClause).into_iter();
        clauses
            .filter(created)
            .flat_map(|clause| self.obliques(clause, preposition))
            .filter(|&maker| self.tree.word(maker).role == Role::Agent)
            .collect()
    }

    fn obliques(&self, word: usize, preposition: &str) -> Vec<usize> {
        let fits = |&child: &usize| {
            let own = self.tree.word(child);
            let agent = own.role == Role::Agent && matches!(preposition, "by" | "av");
            // "gikk ut mot X": a particle may be taken for a part of the preposition.
            let marked = |marker: &str| {
                let ends = marker
                    .strip_suffix(preposition)
                    .is_some_and(|before| before.ends_with(' '));
                marker == preposition
                    || (ends && !self.tree.frames.words.speaker_prepositions.contains(marker))
            };
            agent || (own.role == Role::Oblique && own.marker.as_deref().is_some_and(marked))
        };
        self.tree
            .children(word)
            .iter()
            .copied()
            .filter(fits)
            .map(|head| self.meant(head))
            .collect()
    }

    /// Whether the words besides a verb's head (particles, reflexives) stand with it.
    pub(super) fn has_particles(&self, verb: usize, particles: &[String]) -> bool {
        particles.iter().all(|particle| {
            self.tree.children(verb).iter().any(|&child| {
                let own = self.tree.word(child);
                let in_marker = |marker: &str| {
                    marker == particle
                        || marker
                            .strip_prefix(particle.as_str())
                            .is_some_and(|rest| rest.starts_with(' '))
                };
                own.text.to_lowercase() == *particle || own.marker.as_deref().is_some_and(in_marker)
            })
        })
    }

    /// Whether the other words of a compound noun stand right before and after its head.
    fn is_compound(&self, noun: usize, call: &Call) -> bool {
        let start = noun.checked_sub(call.before.len());
        start.is_some_and(|start| self.are(start, &call.before)) && self.are(noun + 1, &call.after)
    }

    /// Whether these words stand in the paragraph from `start` on, in any form.
    fn are(&self, start: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(at, word)| {
            let own = self.tree.paragraph.words.get(start + at);
            own.is_some_and(|own| own.lemma == *word || own.text.to_lowercase() == *word)
        })
    }

    /// The frames and operators that a word calls up under `kind`, by dictionary form, form, or last part.
    pub(super) fn calls(&self, kind: Kind, word: usize) -> Vec<(usize, usize)> {
        let own = self.tree.word(word);
        let form = own.text.to_lowercase();
        let mut keys = vec![own.lemma.as_str(), self.head_lemma(word), form.as_str()];
        let last = form.rsplit_once('-').map(|(_, last)| last);
        keys.extend(last.filter(|_| self.joined_name(word).is_some()));
        keys.dedup();
        let verb = matches!(kind, Kind::Verb | Kind::OperatorVerb);
        let mut found: Vec<(usize, usize)> = vec![];
        for key in keys {
            for call in self.tree.frames.calls(kind, key) {
                let fits = if verb {
                    self.has_particles(word, &call.after)
                } else {
                    self.is_compound(word, call)
                };
                let words = call.before.len() + call.after.len() + 1;
                match found.iter_mut().find(|(of, _)| *of == call.of) {
                    _ if !fits => {}
                    // Of a list's "leader" and "party leader" the longer entry counts.
                    Some((_, longest)) => *longest = words.max(*longest),
                    None => found.push((call.of, words)),
                }
            }
        }
        found
    }
}
