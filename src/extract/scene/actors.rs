//! Whom a word stands for: the mention that it heads, else the one whom its noun or pronoun stands in for.

use std::collections::BTreeSet;

use super::{Actor, DEPTH, Filler, Scene};
use crate::{
    claim::{Argument, Mention, MentionKind},
    extract::frames::Kind,
    grammar::{Pos, Role},
    text::Span,
};

/// A source before a sentence has no more words, its colon counted.
const LEAD: usize = 7;
/// How far before its noun "such" may stand ("such armed groups as X").
const SUCH: usize = 3;

impl Scene<'_> {
    /// The mentions of a stretch of words, each with the word that heads it, in the order of the text.
    pub(in crate::extract) fn given(&self, words: std::ops::Range<usize>) -> Vec<(usize, Actor)> {
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

    /// The actor of a mention.
    pub(in crate::extract) fn named(&self, number: usize) -> Vec<Actor> {
        vec![self.actor(number)]
    }

    /// The actors whose names lie within a longer mention.
    pub(in crate::extract) fn inside(&self, span: Span) -> Vec<Actor> {
        let mentions = self.mentions.iter().enumerate();
        mentions
            .filter(|(_, mention)| {
                mention.kind == MentionKind::Name
                    && mention.span != span
                    && span.start <= mention.span.start
                    && mention.span.end <= span.end
            })
            .map(|(number, _)| self.actor(number))
            .collect()
    }

    /// The actors whose mention a word heads, also where they are only told apart from another.
    pub(in crate::extract) fn heading(&self, word: usize) -> Vec<Actor> {
        let named = self.mentions_headed(word).into_iter();
        named.map(|number| self.actor(number)).collect()
    }

    pub(super) fn actors_of(&self, filler: Filler) -> Vec<Actor> {
        match filler {
            Filler::Word(word) => self.actors(word),
            Filler::Mention(number) => vec![self.actor(number)],
        }
    }

    pub(super) fn actor(&self, number: usize) -> Actor {
        let mention = self.mentions[number];
        Actor {
            argument: Argument {
                entity: mention.entity.clone(),
                span: mention.span,
            },
            kind: mention.kind,
        }
    }

    pub(super) fn actors_within(&self, head: usize, depth: usize) -> Vec<Actor> {
        if depth > DEPTH {
            return vec![];
        }
        if self.is_lead(head) || self.is_excepted(head) {
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
            // "Nobody from X met Y".
            let words = &self.tree.frames.words;
            if words.collective.contains(&self.tree.word(head).lemma) {
                return self.owner_of_stand_in(head, depth);
            }
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
        let owners = if self.is_stand_in(head) || self.is_means(head) {
            self.owner_of_stand_in(head, depth)
        } else {
            vec![]
        };
        if owners.is_empty() {
            self.instances(head, depth)
        } else {
            owners
        }
    }

    /// "militants such as X and Y", "such groups as X": who is named as one of those that a noun means.
    fn instances(&self, noun: usize, depth: usize) -> Vec<Actor> {
        let tree = &self.tree;
        let listed = &tree.frames.words.instances;
        let named = |&child: &usize| {
            let marker = tree.word(child).marker.as_deref().unwrap_or_default();
            let fits = |phrase: &String| {
                let mut parts = phrase.split(' ').rev();
                let near = noun.saturating_sub(SUCH)..child;
                parts.next() == Some(marker)
                    && parts.all(|part| near.clone().any(|at| tree.lower(at) == part))
            };
            child > noun && listed.iter().any(fits)
        };
        let plural = tree.word(noun).feature("Number") == Some("Plur");
        let under = tree.with_role(noun, Role::Oblique).into_iter();
        let found = under.filter(|child| plural && named(child));
        found
            .flat_map(|first| tree.coordinated(first))
            .flat_map(|one| self.actors_within(one, depth + 1))
            .collect()
    }

    /// "Al-Akhbar: Gunmen killed X", "Oslo (NTB): …": a name and a colon before a sentence tell where it comes from.
    fn is_lead(&self, head: usize) -> bool {
        let words = &self.tree.paragraph.words;
        let sentence = self.tree.sentence(head);
        let lead = sentence.start..(sentence.start + LEAD).min(sentence.end);
        let Some(colon) = lead.clone().find(|&at| words[at].text == ":") else {
            return false;
        };
        let named = |at: usize| {
            let inside = !self.at_word[at].is_empty();
            inside || matches!(words[at].pos, Pos::Propn | Pos::Punct)
        };
        head < colon && (lead.start..colon).all(named) && colon + 1 < sentence.end
    }

    /// "an Iranian (not Iraqi) group", "of Chad, not of Mali": a name that is only told apart.
    fn is_excepted(&self, head: usize) -> bool {
        let own = self.tree.word(head);
        let beside = matches!(
            own.role,
            Role::Adjective | Role::Compound | Role::Conjunct | Role::Apposition
        );
        let under = matches!(own.role, Role::Oblique | Role::Conjunct);
        beside && head > 0 && self.tree.has(head, Role::Negation)
            || under && own.marker.is_some() && self.is_told_apart(head)
    }

    /// Whether a denying word stands right before a name or its preposition, and what parts it from another before that
    /// ("but not with X").
    pub(in crate::extract) fn is_told_apart(&self, name: usize) -> bool {
        let negation = &self.tree.frames.words.negation;
        let denies = |at: usize| {
            negation.contains(&self.tree.word(at).lemma) || negation.contains(self.tree.lower(at))
        };
        let first = name - usize::from(self.tree.word(name).marker.is_some()).min(name);
        let Some(by) = first.checked_sub(1).filter(|&by| denies(by)) else {
            return false;
        };
        by.checked_sub(1).is_some_and(|before| {
            let own = self.tree.word(before);
            own.pos == Pos::Cconj || own.text == "," || own.role == Role::Coordinator
        })
    }

    /// "killed by an Israeli air strike": the act by which another is done stands for who does it.
    pub(super) fn is_means(&self, noun: usize) -> bool {
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
    pub(in crate::extract) fn is_hurtful(&self, verb: usize) -> bool {
        let words = &self.tree.frames.words;
        self.tree.is_verb(verb) && words.hurting.contains(&self.tree.word(verb).lemma)
    }

    /// "Hezbollah and Amal fighters", "Russian and Ukrainian officials": the first of two owners, where only the second and the noun make a mention.
    pub(super) fn joint_owners(&self, head: usize, named: &[usize]) -> Vec<usize> {
        let inside = |word: usize| {
            let span = self.tree.word(word).span;
            named
                .iter()
                .any(|&number| self.mentions[number].span.overlaps(span))
        };
        let plural = self.tree.word(head).feature("Number") == Some("Plur");
        let compounds = self.tree.with_role(head, Role::Compound).into_iter();
        let adjectives = self.tree.with_role(head, Role::Adjective);
        let joint = compounds.chain(adjectives).filter(|&first| {
            let conjuncts = self.tree.with_role(first, Role::Conjunct);
            plural && !inside(first) && conjuncts.into_iter().any(inside)
        });
        joint
            .filter_map(|first| self.mention_beside(first, head))
            .collect()
    }

    /// "Russia said it would attack": a pronoun that is the subject of reported speech is the one who speaks, if it agrees.
    pub(super) fn reported(&self, pronoun: usize, depth: usize) -> Vec<Actor> {
        let words = &self.tree.frames.words;
        let own = self.tree.word(pronoun);
        let form = self.tree.lower(pronoun);
        let (thing, person) = (
            words.reported_thing.contains(form),
            words.reported_person.contains(form),
        );
        if words.quoted.contains(form) {
            return self.quoted(pronoun);
        }
        let subject = matches!(own.role, Role::Subject | Role::PassiveSubject);
        let Some(clause) = own.head.filter(|_| subject && (thing || person)) else {
            return vec![];
        };
        // "nekter for at de angrep X": what is denied may hang as an adverbial.
        let marker = self.tree.word(clause).marker.as_deref().unwrap_or_default();
        let told = marker
            .rsplit(' ')
            .next()
            .is_some_and(|last| words.complementisers.contains(last));
        let below = |role: Role| {
            matches!(role, Role::Content | Role::NounClause)
                || told && role == Role::AdverbialClause
        };
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
        let mut speakers = if speaks {
            self.tree.with_role(verb, Role::Subject)
        } else {
            vec![]
        };
        // "Denying that it had attacked Y, X left": the subject stands behind.
        let behind = speaks && speakers.is_empty() && !self.tree.is_nominal(verb);
        if behind {
            speakers = self.tree.subjects(verb);
        }
        let mut found: Vec<Actor> = speakers
            .into_iter()
            .filter(|&speaker| behind || speaker < pronoun)
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
    pub(super) fn quoted(&self, pronoun: usize) -> Vec<Actor> {
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

    pub(super) fn is_stand_in(&self, word: usize) -> bool {
        let words = &self.tree.frames.words;
        self.is_listed(word, &words.stand_ins) || self.is_listed(word, &words.followers)
    }

    /// Whether a noun names people who only belong to somebody ("militants").
    pub(in crate::extract) fn is_follower(&self, word: usize) -> bool {
        self.is_listed(word, &self.tree.frames.words.followers)
    }

    /// "former members of X": who no longer belongs to it.
    pub(in crate::extract) fn is_former(&self, noun: usize) -> bool {
        let former = &self.tree.frames.words.former;
        let adjectives = self.tree.with_role(noun, Role::Adjective).into_iter();
        adjectives
            .map(|adjective| &self.tree.word(adjective).lemma)
            .any(|lemma| former.contains(lemma))
    }

    pub(super) fn is_listed(&self, word: usize, list: &BTreeSet<String>) -> bool {
        let own = self.tree.word(word);
        list.contains(self.head_lemma(word))
            || (own.pos == Pos::Noun && list.contains(self.tree.lower(word)))
    }

    pub(super) fn owner_of_stand_in(&self, word: usize, depth: usize) -> Vec<Actor> {
        let follower = self.is_follower(word);
        if follower && self.is_former(word) {
            return vec![];
        }
        let plural = self.tree.word(word).feature("Number") == Some("Plur");
        let owned = |filler: Filler| {
            let mut actors = match filler {
                Filler::Word(owner) => self.actors_within(owner, depth + 1),
                Filler::Mention(number) => vec![self.actor(number)],
            };
            // "Palestinian gunmen" are not Palestine, nor are its prisoners.
            actors.retain(|actor| {
                !(follower && self.classes.places.contains(&actor.argument.entity))
            });
            actors
        };
        let owners = self.owners(word);
        for (at, &filler) in owners.iter().enumerate() {
            let mut actors = owned(filler);
            if actors.is_empty() {
                continue;
            }
            // "officials from X and Y", "the foreign ministers of X and Y"
            if let (true, Filler::Word(first)) = (plural, filler) {
                let joined = self.tree.coordinated(first);
                for &other in &owners[at + 1..] {
                    let beside = matches!(other, Filler::Word(other) if joined.contains(&other));
                    let others = if beside { owned(other) } else { vec![] };
                    actors.extend(others);
                }
            }
            return actors;
        }
        vec![]
    }

    /// "Wise Lars Moen", where the parser hangs the name on the word before it.
    fn mentions_joined(&self, head: usize) -> Vec<usize> {
        let joined = self.tree.with_role(head, Role::Flat);
        let first = joined.first().filter(|&&child| child == head + 1);
        first.map_or_else(Vec::new, |&child| {
            let words = &self.tree.paragraph.words;
            let begins = |&number: &usize| {
                let span = self.mentions[number].span;
                span.start == words[child].span.start
                    && joined
                        .last()
                        .is_some_and(|&last| span.end >= words[last].span.end)
            };
            self.at_word[child].iter().copied().filter(begins).collect()
        })
    }

    /// The longest mentions whose last content word is `head`; a name inside a longer one does not count.
    pub(super) fn mentions_headed(&self, head: usize) -> Vec<usize> {
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
            return self.mentions_joined(head);
        };
        let longest_ones = covering
            .into_iter()
            .filter(|&number| self.mentions[number].span.len() == longest);
        longest_ones
            .filter(|&number| self.is_head_of(head, self.mentions[number].span))
            .collect()
    }

    /// Whether what stands between the end of a name and the end of its word is a genitive ending.
    pub(super) fn only_ending_follows(&self, word: Span, name: Span) -> bool {
        name.start >= word.start && name.end < word.end && word.end - name.end <= 4 && {
            let index = self
                .tree
                .paragraph
                .words
                .partition_point(|other| other.span.start < word.start);
            let text = &self.tree.word(index).text;
            let rest = text.get(name.end - word.start..).unwrap_or("-");
            matches!(
                rest,
                "." | "s" | "'" | "\u{2019}" | "'s" | "\u{2019}s" | "-s"
            )
        }
    }

    /// Whether `head` is the highest word of the tree inside the span, so that "Gaza" in "Gaza City" heads nothing.
    pub(super) fn is_head_of(&self, head: usize, span: Span) -> bool {
        let above = self.tree.word(head).head;
        above.is_none_or(|above| {
            !span.overlaps(self.tree.word(above).span)
                || self.tree.word(above).span.start < span.start
        })
    }
}
