//! Which date is an act's own: the one that grammar hangs on its word, on the verb that carries its noun, on the clause
//! that tells the same time, or on one of its actors ("Egypt, in 1979, and Jordan, in 1994, made peace with X"). A date
//! that could belong to another act is no act's.

use super::{Bounds, Dated};
use crate::{
    extract::{
        frames::{Embedded, Kind},
        matching::Context,
        scene::{Actor, Scene},
    },
    grammar::{Pos, Role},
};

/// What is asked of a date's act.
#[derive(Clone, Copy)]
pub(in crate::extract) struct Act<'a> {
    /// The word that names it.
    pub(in crate::extract) word: usize,
    /// Whether its noun is carried by a verb ("launch an attack").
    pub(in crate::extract) light: bool,
    /// Whether it is a state, which has a date only for its beginning.
    pub(in crate::extract) lasts: bool,
    /// Who takes part in it.
    pub(in crate::extract) actors: [&'a Actor; 2],
}

/// Chains of words that share a date are short.
const DEPTH: usize = 6;

/// The date of an act, if grammar gives it one.
pub(in crate::extract) fn of<'a>(context: &Context<'a>, act: &Act<'_>) -> Option<&'a Dated> {
    let binder = Binder {
        context,
        lasts: act.lasts,
    };
    act.actors
        .into_iter()
        .find_map(|actor| binder.of_actor(actor))
        .or_else(|| binder.of_word(act.word, act.light, 0))
}

struct Binder<'b, 'a> {
    context: &'b Context<'a>,
    lasts: bool,
}

impl<'a> Binder<'_, 'a> {
    fn scene(&self) -> &'a Scene<'a> {
        self.context.scene
    }

    /// A date in commas after one of several coordinated actors.
    fn of_actor(&self, actor: &Actor) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        self.context.dates.iter().find(|dated| {
            let Some(comma) = self.word_before(dated) else {
                return false;
            };
            let Some(name) = comma.checked_sub(1) else {
                return false;
            };
            let coordinated = tree.word(name).role == Role::Conjunct
                || tree.has(name, Role::Conjunct)
                || self
                    .scene()
                    .tree
                    .children(name)
                    .iter()
                    .any(|&child| tree.word(child).role == Role::Coordinator);
            dated.bounds == Bounds::At
                && tree.word(comma).text == ","
                && coordinated
                && tree.word(name).span.overlaps(actor.argument.span)
        })
    }

    /// The word before a date and its preposition.
    fn word_before(&self, dated: &Dated) -> Option<usize> {
        let words = &self.scene().tree.paragraph.words;
        let mut at = words.partition_point(|word| word.span.start < dated.span.start);
        at = at.checked_sub(1)?;
        if words[at].pos == Pos::Adp {
            at = at.checked_sub(1)?;
        }
        Some(at)
    }

    fn of_word(&self, word: usize, light: bool, depth: usize) -> Option<&'a Dated> {
        if depth > DEPTH {
            return None;
        }
        self.own(word).or_else(|| {
            let tree = &self.scene().tree;
            if tree.is_verb(word) || tree.has(word, Role::Copula) || tree.word(word).pos == Pos::Adj
            {
                self.of_verb(word, depth + 1)
            } else {
                self.of_noun(word, light, depth + 1)
            }
        })
    }

    /// The date that hangs on a word: the nearest, where there are several.
    fn own(&self, word: usize) -> Option<&'a Dated> {
        let scene = self.scene();
        let position = scene.tree.word(word).span.start;
        let hosted = self.context.dates.iter().filter(|dated| {
            self.fits(dated)
                && scene.tree.sentence(dated.word) == scene.tree.sentence(word)
                && host(scene, dated) == word
        });
        hosted.min_by_key(|dated| position.abs_diff(dated.span.start))
    }

    fn fits(&self, dated: &Dated) -> bool {
        match dated.bounds {
            Bounds::At => !self.lasts,
            Bounds::From => true,
            Bounds::Beside => false,
        }
    }

    fn of_verb(&self, verb: usize, depth: usize) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        let words = &tree.frames.words.time;
        let word = tree.word(verb);
        if words.carriers.contains(&word.lemma) {
            let objects = [Role::Object, Role::PassiveSubject, Role::Subject];
            let of_objects = objects
                .into_iter()
                .flat_map(|role| tree.with_role(verb, role))
                .filter(|&noun| self.names_act(noun))
                .find_map(|noun| self.own(noun));
            if of_objects.is_some() {
                return of_objects;
            }
        }
        let below = self.of_clause_below(verb);
        if let Some(found) = below.or_else(|| self.of_event_below(verb)) {
            return Some(found);
        }
        let head = word.head?;
        let marker = word.marker.as_deref().unwrap_or_default();
        match word.role {
            Role::Conjunct => self.shared(verb, head, depth),
            Role::RelativeClause | Role::NounClause if self.names_act(head) => self.own(head),
            Role::AdverbialClause if words.same_time_clauses.contains(marker) => {
                self.of_word(head, false, depth)
            }
            Role::Content if self.is_perfect(verb) && self.operates(head, true) => {
                self.of_word(head, false, depth)
            }
            Role::OpenContent | Role::AdverbialClause if self.operates(head, false) => {
                self.of_word(head, false, depth)
            }
            Role::Attribute => self.of_word(head, false, depth),
            _ => None,
        }
    }

    /// "when Hamas took power in 2007": the clause that tells the time.
    fn of_clause_below(&self, verb: usize) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        let words = &tree.frames.words.time;
        let clauses = tree.with_role(verb, Role::AdverbialClause);
        clauses
            .into_iter()
            .filter(|&clause| {
                let marker = tree.word(clause).marker.as_deref();
                marker.is_some_and(|marker| words.same_time_clauses.contains(marker))
            })
            .find_map(|clause| self.own(clause))
    }

    /// "beat X in Tuesday's election": the event in which it happened; it may hang on a name that is the verb's argument.
    fn of_event_below(&self, verb: usize) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        let words = &tree.frames.words.time;
        let names = tree
            .children(verb)
            .iter()
            .copied()
            .filter(|&child| tree.word(child).pos == Pos::Propn);
        let mut hosts: Vec<usize> = vec![verb];
        hosts.extend(names);
        let within = |&noun: &usize| {
            let marker = tree.word(noun).marker.as_deref().unwrap_or_default();
            words.same_time.contains(marker) && tree.is_nominal(noun)
        };
        let obliques = hosts
            .into_iter()
            .flat_map(|host| tree.with_role(host, Role::Oblique));
        obliques.filter(within).find_map(|noun| self.own(noun))
    }

    /// What stands before the first of several coordinated verbs holds for all.
    fn shared(&self, verb: usize, head: usize, depth: usize) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        if !tree.is_verb(head) {
            return None;
        }
        let found = self.of_word(head, false, depth)?;
        let before = found.span.start < tree.word(head).span.start;
        // A verb with a subject of its own and a date of its own sentence part tells another act.
        (before && verb > head).then_some(found)
    }

    fn of_noun(&self, noun: usize, light: bool, depth: usize) -> Option<&'a Dated> {
        let tree = &self.scene().tree;
        let words = &tree.frames.words.time;
        let word = tree.word(noun);
        let head = word.head?;
        // "The takeover was complete on Thursday."
        let predicate = tree.is_verb(head) || tree.has(head, Role::Copula);
        let carries = predicate && (light || words.carriers.contains(&tree.word(head).lemma));
        match word.role {
            Role::Object | Role::PassiveSubject | Role::Subject | Role::Attribute
                if carries || self.lasts =>
            {
                self.of_word(head, false, depth)
            }
            Role::Conjunct => self
                .of_noun(head, light, depth + 1)
                .filter(|_| depth < DEPTH),
            Role::Oblique if tree.is_verb(head) => {
                let marker = word.marker.as_deref().unwrap_or_default();
                words
                    .same_time
                    .contains(marker)
                    .then(|| self.of_word(head, false, depth))?
            }
            _ => None,
        }
    }

    fn names_act(&self, noun: usize) -> bool {
        self.scene().tree.is_nominal(noun) && !self.scene().calls(Kind::Noun, noun).is_empty()
    }

    fn is_perfect(&self, verb: usize) -> bool {
        let tree = &self.scene().tree;
        tree.with_role(verb, Role::Auxiliary)
            .into_iter()
            .any(|auxiliary| {
                let word = tree.word(auxiliary);
                tree.frames.words.perfect.contains(&word.lemma)
                    && word.feature("Tense") != Some("Past")
            })
    }

    /// Whether a verb leaves what it embeds as it is, as speech or as doing ("managed to").
    fn operates(&self, verb: usize, speaker: bool) -> bool {
        let calls = self.scene().calls(Kind::OperatorVerb, verb);
        let mut operators = calls
            .iter()
            .map(|&(number, _)| &self.scene().tree.frames.operators[number]);
        operators.any(|operator| operator.speaker == speaker && operator.embedded == Embedded::Keep)
    }
}

/// The act's word that a date belongs to: up through nouns that name no act, to a verb or a noun that does.
fn host(scene: &Scene<'_>, dated: &Dated) -> usize {
    if let Some(act) = dated.act {
        return act;
    }
    let tree = &scene.tree;
    let mut at = dated.word;
    for _ in 0..DEPTH {
        let Some(head) = tree.word(at).head else {
            return at;
        };
        let predicate = tree.word(head).pos == Pos::Adj || tree.has(head, Role::Copula);
        if tree.is_verb(head) || predicate {
            return head;
        }
        let modifier = dated.modifier && at == dated.word;
        if tree.is_nominal(head) && stops(scene, dated, head, modifier) {
            return head;
        }
        at = head;
    }
    at
}

/// Whether a date stays with a noun.
fn stops(scene: &Scene<'_>, dated: &Dated, noun: usize, modifier: bool) -> bool {
    let tree = &scene.tree;
    let words = &tree.frames.words.time;
    let word = tree.word(noun);
    let marker = word.marker.as_deref().unwrap_or_default();
    if scene.is_day_part(noun) {
        return false;
    }
    let name = word.pos == Pos::Propn;
    let after = dated.span.start > word.span.start;
    let opens = dated.bounds == Bounds::From && words.since.contains(marker);
    if !name && !opens && !scene.calls(Kind::Noun, noun).is_empty() {
        return true;
    }
    match word.role {
        Role::Oblique if name || dated.bounds == Bounds::From => false,
        Role::Oblique => !words.same_time.contains(marker),
        Role::Subject | Role::PassiveSubject => (after && !name) || modifier,
        Role::Possessor => true,
        _ => modifier,
    }
}
