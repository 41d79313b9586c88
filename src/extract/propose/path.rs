//! The words that join two given actors in the tree, and which of the two acts.

use std::ops::Range;

use super::super::{matching::Context, scene::Scene, tree::Tree};
use crate::grammar::Role;

/// The words that join two actors in the tree.
pub(in crate::extract) struct Path {
    /// The word where both ways up meet.
    pub(super) top: Option<usize>,
    /// From below the top down to each actor, the actors left out.
    pub(super) sides: [Vec<usize>; 2],
}

impl Path {
    pub(in crate::extract) fn between(tree: &Tree<'_>, one: usize, other: usize) -> Self {
        let up = |from: usize| {
            let mut way = vec![from];
            while let Some(head) = tree.word(way[way.len() - 1]).head {
                if way.contains(&head) {
                    break;
                }
                way.push(head);
            }
            way
        };
        let (first, second) = (up(one), up(other));
        let top = first.iter().copied().find(|word| second.contains(word));
        let down = |way: &[usize]| -> Vec<usize> {
            let below = way.iter().take_while(|word| Some(**word) != top);
            let mut side: Vec<usize> = below.copied().collect();
            side.reverse();
            side
        };
        let mut path = Self {
            top,
            sides: [down(&first), down(&second)],
        };
        path.pass_coordination(tree);
        path
    }

    /// "X lost the vote and accused Y": the subject's first verb is not between the two.
    fn pass_coordination(&mut self, tree: &Tree<'_>) {
        for (from, to) in [(0, 1), (1, 0)] {
            let subject = self.sides[from].first().is_some_and(|&word| {
                matches!(tree.word(word).role, Role::Subject | Role::PassiveSubject)
            });
            let conjunct = |&&word: &&usize| {
                tree.word(word).role == Role::Conjunct
                    && tree.is_verb(word)
                    && !tree.has(word, Role::Subject)
                    && !tree.has(word, Role::PassiveSubject)
            };
            let passed = self.sides[to].iter().take_while(conjunct).count();
            if subject && passed > 0 {
                self.top = self.sides[to].get(passed - 1).copied();
                self.sides[to].drain(..passed);
                return;
            }
        }
    }

    /// The top, then down to the actor that stands deeper or later, then down to the other.
    pub(in crate::extract) fn words(&self) -> Vec<usize> {
        let [first, second] = &self.sides;
        let (near, far) = if first.len() > second.len() + 1 {
            (first, second)
        } else {
            (second, first)
        };
        let mut words: Vec<usize> = self.top.into_iter().collect();
        words.extend(near.iter().chain(far));
        words
    }

    /// The words above the top where that is one of the actors ("a hunger strike by miners outside the palace"), up to the
    /// first verb.
    pub(super) fn above(&self, tree: &Tree<'_>, ends: [usize; 2]) -> Vec<usize> {
        let mut words = vec![];
        let mut at = self.top.filter(|top| ends.contains(top));
        while let Some(head) = at.and_then(|word| tree.word(word).head) {
            if words.contains(&head) {
                break;
            }
            words.push(head);
            at = Some(head).filter(|&head| !tree.is_verb(head));
        }
        words
    }

    /// Objects, complements and modifiers of the path's words ("staged a sit-in", "went on strike").
    pub(super) fn beside(&self, context: &Context<'_>) -> Vec<usize> {
        let tree = &context.scene.tree;
        let mut found = vec![];
        let mut at = self.words();
        for _ in 0..2 {
            at = at
                .iter()
                .flat_map(|&word| tree.children(word).to_vec())
                .filter(|child| !found.contains(child))
                .collect();
            found.extend(at.iter().copied());
        }
        found
    }

    /// Everything in the sentence, the nearest to the top first.
    pub(super) fn rest(&self, sentence: Range<usize>) -> Vec<usize> {
        let middle = self.top.unwrap_or(sentence.start);
        let mut words: Vec<usize> = sentence.collect();
        words.sort_by_key(|word| word.abs_diff(middle));
        words
    }

    /// Whether the first actor is the one acted upon.
    pub(super) fn turned(&self, scene: &Scene<'_>) -> bool {
        let tree = &scene.tree;
        let [first, second] = &self.sides;
        let roles = |side: &[usize]| -> Vec<Role> {
            side.iter().map(|&word| tree.word(word).role).collect()
        };
        let (one, other) = (roles(first), roles(second));
        // "trained for an invasion by Y": who acts under another act is another matter, but in "was accused of fraud by Y".
        let passive = one.first() == Some(&Role::PassiveSubject);
        let acts = [first, second].map(|side| {
            let own = side.iter().position(|&word| is_doer(tree, word));
            own.is_some_and(|own| {
                let mut above = side[..own].iter();
                passive || !above.any(|&word| tree.word(word).role == Role::Oblique)
            })
        });
        if one.first() == Some(&Role::Subject) {
            // "X banned a march by Y": an active verb has no other agent; but "X stands accused by Y".
            return matches!(
                other.as_slice(),
                [Role::OpenContent | Role::Attribute, Role::Agent]
            );
        }
        if other.first() == Some(&Role::Agent) {
            return true;
        }
        if acts[0] {
            return false;
        }
        let clause =
            |role: Option<&Role>| matches!(role, Some(Role::AdverbialClause | Role::OpenContent));
        let undergoes = matches!(
            one.first(),
            Some(Role::PassiveSubject | Role::Object | Role::IndirectObject | Role::Oblique)
        );
        match (one.first(), other.as_slice()) {
            // "Despite an appeal from X, Y refused …", "To punish X, Y closed …"; not "After X attacked, Y fled".
            (own, [Role::Subject, ..]) => {
                let subject = one
                    .iter()
                    .any(|role| matches!(role, Role::Subject | Role::PassiveSubject));
                undergoes || own == Some(&Role::Content) || clause(own) && !subject
            }
            // "X was accused of lying by Y", "the arrest of X by Y": wherever "by" stands.
            _ if acts[1] => true,
            // "X were killed when Y attacked a hideout"
            (Some(Role::PassiveSubject), [Role::AdverbialClause, Role::Subject, ..]) => self
                .top
                .is_some_and(|top| !tree.has(top, Role::Agent) && scene.is_hurtful(top)),
            // "assured X that Y would stay out"
            (Some(_), [Role::Content, Role::Subject, ..]) => undergoes,
            // "the town that Y attacked"
            (None, [Role::RelativeClause, Role::Subject, ..]) => true,
            _ => false,
        }
    }
}

/// Whether a word stands where the one who acts does: agent of a passive, or under "by".
fn is_doer(tree: &Tree<'_>, word: usize) -> bool {
    let own = tree.word(word);
    let marked = |marker: &String| tree.frames.words.doer.contains(marker);
    own.role == Role::Agent || own.role == Role::Oblique && own.marker.as_ref().is_some_and(marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::{frames::Frames, samples::paragraph, scene::Classes},
        grammar::{Pos, Role},
    };

    /// Whether the second of two actors (words counted from 1) acts, and the path's words.
    fn read(rows: &[(&str, Pos, Role, usize)], one: usize, other: usize) -> (bool, Vec<usize>) {
        let paragraph = paragraph(rows);
        let mut frames = Frames::default();
        frames.words.doer.insert("by".to_owned());
        frames.words.hurting.insert("kill".to_owned());
        let classes = Classes::default();
        let scene = Scene::new(&paragraph, &[], &frames, &classes);
        let path = Path::between(&scene.tree, one - 1, other - 1);
        let words = path.words().into_iter().map(|word| word + 1).collect();
        (path.turned(&scene), words)
    }

    #[test]
    fn a_coordinated_verb_is_where_the_path_begins() {
        let rows = [
            ("Bolivia", Pos::Propn, Role::Subject, 2),
            ("rejoiced", Pos::Verb, Role::Root, 0),
            ("thanked", Pos::Verb, Role::Conjunct, 2),
            ("Peru", Pos::Propn, Role::Object, 3),
        ];
        let (turned, words) = read(&rows, 1, 4);
        assert!(!turned);
        assert_eq!(words[0], 3);
        assert!(!words.contains(&2));
    }

    #[test]
    fn the_subject_acts_whatever_stands_before_it() {
        let rows = [
            ("appeal/despite", Pos::Noun, Role::Oblique, 4),
            ("Peru/from", Pos::Propn, Role::Oblique, 1),
            ("Bolivia", Pos::Propn, Role::Subject, 4),
            ("refused", Pos::Verb, Role::Root, 0),
        ];
        assert!(read(&rows, 2, 3).0);
    }

    #[test]
    fn who_stands_under_by_acts() {
        let rows = [
            ("arrest", Pos::Noun, Role::Subject, 4),
            ("Peru/of", Pos::Propn, Role::Oblique, 1),
            ("police/by", Pos::Noun, Role::Oblique, 1),
            ("ended", Pos::Verb, Role::Root, 0),
        ];
        assert!(read(&rows, 2, 3).0);
        let rows = [
            ("Peru", Pos::Propn, Role::PassiveSubject, 2),
            ("accused", Pos::Verb, Role::Root, 0),
            ("lying/of", Pos::Verb, Role::OpenContent, 2),
            ("Bolivia/by", Pos::Propn, Role::Oblique, 3),
        ];
        assert!(read(&rows, 1, 4).0);
    }

    #[test]
    fn an_active_verb_has_no_agent_but_its_participle_may() {
        let rows = [
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("banned", Pos::Verb, Role::Root, 0),
            ("march", Pos::Noun, Role::Object, 2),
            ("Bolivia/by", Pos::Propn, Role::Agent, 2),
        ];
        assert!(!read(&rows, 1, 4).0);
        let rows = [
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("stands", Pos::Verb, Role::Root, 0),
            ("accused", Pos::Verb, Role::OpenContent, 2),
            ("Bolivia/by", Pos::Propn, Role::Agent, 3),
        ];
        assert!(read(&rows, 1, 4).0);
    }

    #[test]
    fn who_acts_under_another_act_does_not_act_here() {
        let rows = [
            ("Peru", Pos::Propn, Role::Root, 0),
            ("trained", Pos::Verb, Role::NounClause, 1),
            ("invasion/for", Pos::Noun, Role::Oblique, 2),
            ("Bolivia/by", Pos::Propn, Role::Oblique, 3),
        ];
        assert!(!read(&rows, 1, 4).0);
    }

    #[test]
    fn who_comes_first_acts_where_nothing_tells_otherwise() {
        let rows = [
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("attacked", Pos::Verb, Role::AdverbialClause, 4),
            ("Bolivia", Pos::Propn, Role::Subject, 4),
            ("fled", Pos::Verb, Role::Root, 0),
        ];
        assert!(!read(&rows, 1, 3).0);
    }
}
