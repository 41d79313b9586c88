//! Where an act happened: the place under a locative preposition of the word that names it, of the verb that carries it,
//! of the noun that its verb takes ("signed a deal in Mecca"), or the place of which a clause with "where" tells it.

use super::{
    frames::Kind,
    matching::Context,
    scene::{Actor, Scene},
};
use crate::{
    claim::{Argument, MentionKind},
    grammar::{Pos, Role},
};

/// Chains of words that share a place are short.
const DEPTH: usize = 5;

/// The place of the act at `word`, if the sentence names one by grammar; never one of the act's own actors. `light`: the
/// act is a noun whose verb only carries it.
pub(super) fn of(
    context: &Context<'_>,
    word: usize,
    light: bool,
    relation: &str,
    taken: &[&Actor],
) -> Option<Argument> {
    let relation = context.ontology.relation(relation);
    let class = relation.and_then(|relation| relation.quad_class);
    let material = class.is_some_and(|class| class % 2 == 0);
    let finder = Finder {
        context,
        taken,
        hostile: class == Some(4),
    };
    let found = finder.of_word(word, light, 0);
    found
        .or_else(|| finder.of_target(word).filter(|_| material))
        .or_else(|| finder.of_means(word))
}

struct Finder<'b, 'a> {
    context: &'b Context<'a>,
    taken: &'b [&'b Actor],
    /// Whether the act is a hostile deed.
    hostile: bool,
}

impl<'a> Finder<'_, 'a> {
    fn scene(&self) -> &'a Scene<'a> {
        self.context.scene
    }

    fn of_word(&self, word: usize, light: bool, depth: usize) -> Option<Argument> {
        if depth > DEPTH {
            return None;
        }
        let found = self.beside(word).or_else(|| self.of_where(word));
        found.or_else(|| {
            if self.scene().tree.is_nominal(word) {
                self.of_noun(word, light, depth + 1)
            } else {
                self.of_verb(word, depth + 1)
            }
        })
    }

    /// The first place under a locative preposition of a word.
    fn beside(&self, word: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let locative = &tree.frames.words.locative;
        let mut obliques: Vec<usize> = tree
            .children(word)
            .iter()
            .copied()
            .filter(|&child| {
                let own = tree.word(child);
                let marked = own
                    .marker
                    .as_ref()
                    .is_some_and(|marker| locative.contains(marker));
                own.role == Role::Oblique && marked
            })
            .collect();
        // What follows the word is said of it; what opens the sentence holds for all of it.
        obliques.sort_by_key(|&child| (child < word, child));
        obliques.into_iter().find_map(|child| self.place_at(child))
    }

    /// The place that a noun stands for, or that lies around what it names ("a ceremony in X", "the port of X").
    fn place_at(&self, noun: usize) -> Option<Argument> {
        let scene = self.scene();
        let mut actors = scene.actors(noun);
        let joined = scene.tree.coordinated(noun).into_iter();
        let joined: Vec<Actor> = joined.flat_map(|noun| scene.actors(noun)).collect();
        if actors.is_empty() {
            // "at a hotel in Cairo", "in the port of Aden"
            let locative = &scene.tree.frames.words.locative;
            let inside = scene
                .tree
                .with_role(noun, Role::Oblique)
                .into_iter()
                .filter(|&child| {
                    let marker = scene.tree.word(child).marker.as_ref();
                    marker.is_some_and(|marker| locative.contains(marker))
                });
            actors = inside.flat_map(|child| scene.actors(child)).collect();
        } else if joined.iter().any(|actor| self.is_own(actor)) {
            // "put pressure on Norway and Sweden": who stands beside one of the act's own is one of them as well.
            return None;
        }
        let mut actors = actors.into_iter();
        actors
            .find(|actor| self.is_free_place(actor))
            .map(|actor| actor.argument)
    }

    /// "Cairo, where the talks were held": the place that the clause tells of.
    fn of_where(&self, word: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let clause = if tree.is_verb(word) {
            word
        } else {
            tree.word(word).head?
        };
        tree.where_noun(clause).and_then(|noun| self.place_at(noun))
    }

    fn of_verb(&self, verb: usize, depth: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let found = self.of_arguments(verb).or_else(|| self.of_visit(verb));
        if found.is_some() {
            return found;
        }
        let head = tree.word(verb).head?;
        match tree.word(verb).role {
            Role::Conjunct if tree.is_verb(head) => {
                // Only what stands before the first verb holds for the others.
                let found = self.of_word(head, false, depth)?;
                (found.span.start < tree.word(head).span.start).then_some(found)
            }
            Role::RelativeClause | Role::NounClause if self.names_act(head) => self.beside(head),
            Role::AdverbialClause | Role::OpenContent | Role::NounClause
                if tree.is_infinitive(verb) =>
            {
                // "were on their way to X to sign": the motion is told by the copula's complement.
                let complements = || tree.with_role(head, Role::Oblique).into_iter();
                let motion = if tree.word(head).pos == Pos::Aux {
                    complements().find(|&noun| self.is_motion(noun))
                } else {
                    Some(head).filter(|&head| self.is_motion(head))
                };
                motion.and_then(|motion| self.goal(motion))
            }
            _ => None,
        }
    }

    /// Whether a word tells of going somewhere.
    fn is_motion(&self, word: usize) -> bool {
        let tree = &self.scene().tree;
        tree.frames.words.motion.contains(&tree.word(word).lemma)
    }

    /// "travelled to X to sign", "during a visit to X": where somebody goes.
    fn goal(&self, motion: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let towards = |&child: &usize| {
            let marker = tree.word(child).marker.as_deref().unwrap_or_default();
            tree.frames.words.goal.contains(marker)
        };
        let obliques = tree
            .with_role(motion, Role::Oblique)
            .into_iter()
            .filter(towards);
        let objects = tree.with_role(motion, Role::Object).into_iter();
        obliques.chain(objects).find_map(|noun| self.place_at(noun))
    }

    /// "met Y during a visit to X".
    fn of_visit(&self, verb: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let words = &tree.frames.words.time;
        let during = |&noun: &usize| {
            let marker = tree.word(noun).marker.as_deref().unwrap_or_default();
            words.same_time.contains(marker) && self.is_motion(noun)
        };
        let mut visits = tree
            .with_role(verb, Role::Oblique)
            .into_iter()
            .filter(during);
        visits.find_map(|noun| self.goal(noun))
    }

    /// "signed a deal in Mecca", "met X in Mecca", "killed by planes in Mecca": the parser hangs the place on the noun.
    fn of_arguments(&self, verb: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let carrier = tree
            .frames
            .words
            .time
            .carriers
            .contains(&tree.word(verb).lemma);
        let object = |&noun: &usize| {
            let name = tree.word(noun).pos == Pos::Propn;
            if name {
                self.is_person(noun)
            } else {
                carrier || self.names_act(noun)
            }
        };
        let common = |&noun: &usize| tree.word(noun).pos != Pos::Propn;
        let objects = tree
            .with_role(verb, Role::Object)
            .into_iter()
            .filter(object);
        let agents = tree.with_role(verb, Role::Agent).into_iter().filter(common);
        objects.chain(agents).find_map(|noun| self.beside(noun))
    }

    /// "attacked Hamas in Rafah": what is done to somebody by deeds is done where they are.
    fn of_target(&self, act: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let target = self.taken.get(1)?;
        let words = &tree.paragraph.words;
        let first = words.partition_point(|word| word.span.end <= target.argument.span.start);
        let inside =
            (first..words.len()).take_while(|&at| words[at].span.start < target.argument.span.end);
        let mut after = inside.filter(|&at| at > act && tree.sentence(at) == tree.sentence(act));
        after.find_map(|at| self.beside(at))
    }

    /// "killed by an air strike in Y", "lost X to a strike on Y": a hostile deed is done where its means strike.
    fn of_means(&self, act: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        let under = |&noun: &usize| {
            matches!(tree.word(noun).role, Role::Oblique | Role::Agent) && self.names_act(noun)
        };
        let children = tree.children(act).iter().copied();
        let mut means = children.filter(|noun| self.hostile && under(noun));
        means.find_map(|noun| self.beside(noun).or_else(|| self.struck(noun)))
    }

    /// The place that a hostile act is aimed at.
    fn struck(&self, act: usize) -> Option<Argument> {
        let frames = self.context.frames;
        let called = self.scene().calls(Kind::Noun, act);
        let hostile = called
            .iter()
            .map(|&(of, _)| &frames.frames[of])
            .filter(|frame| {
                let relation = self.context.ontology.relation(&frame.relation);
                relation.and_then(|relation| relation.quad_class) == Some(4)
            });
        let mut aims = hostile
            .flat_map(|frame| &frame.target)
            .flat_map(|path| self.scene().fill(act, path));
        aims.find(|aim| self.is_free_place(aim))
            .map(|aim| aim.argument)
    }

    /// Whether an actor is a place, and none of the act's own actors.
    fn is_free_place(&self, actor: &Actor) -> bool {
        self.context.is_a(actor, "Place") && !self.is_own(actor)
    }

    /// Whether an actor is one of the act's own.
    fn is_own(&self, actor: &Actor) -> bool {
        let own = |other: &&Actor| other.argument.entity == actor.argument.entity;
        self.taken.iter().any(own)
    }

    /// A noun's place may stand with the verb that carries it, or with the noun that it hangs on ("a round of talks").
    fn of_noun(&self, noun: usize, light: bool, depth: usize) -> Option<Argument> {
        let tree = &self.scene().tree;
        // "talks between X and Y in Oslo": the parser hangs the place on the last name.
        let persons = tree.with_role(noun, Role::Oblique).into_iter();
        let named = persons.flat_map(|person| tree.coordinated(person));
        let behind = named
            .filter(|&person| self.is_person(person))
            .find_map(|person| self.beside(person));
        if behind.is_some() {
            return behind;
        }
        let own = tree.word(noun);
        let head = own.head?;
        let words = &tree.frames.words.time;
        let carried =
            tree.is_verb(head) && (light || words.carriers.contains(&tree.word(head).lemma));
        match own.role {
            Role::Object | Role::PassiveSubject | Role::Subject if carried => {
                self.of_word(head, false, depth)
            }
            // "Weeks of fighting had left dozens dead in X."
            Role::Subject if tree.is_verb(head) && self.hostile => self.beside(head),
            Role::Oblique if self.hostile && self.counts(head) => {
                (depth < DEPTH).then(|| self.of_noun(head, light, depth + 1))?
            }
            Role::Oblique if tree.is_verb(head) => {
                let marker = own.marker.as_deref().unwrap_or_default();
                words
                    .same_time
                    .contains(marker)
                    .then(|| self.beside(head))?
            }
            Role::Conjunct => self.of_word(head, light, depth),
            _ => None,
        }
    }

    /// "weeks of", "a series of".
    fn counts(&self, noun: usize) -> bool {
        let words = &self.scene().tree.frames.words;
        let lemma = &self.scene().tree.word(noun).lemma;
        words.time.units.contains_key(lemma) || words.collective.contains(lemma)
    }

    fn names_act(&self, noun: usize) -> bool {
        self.scene().tree.is_nominal(noun) && !self.scene().calls(Kind::Noun, noun).is_empty()
    }

    fn is_person(&self, noun: usize) -> bool {
        let actors = self.scene().actors(noun);
        actors
            .iter()
            .any(|actor| actor.kind == MentionKind::Name && self.context.is_a(actor, "Person"))
    }
}
