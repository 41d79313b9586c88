//! What every step of extraction may look at.

use std::collections::BTreeMap;

use crate::{
    claim::Name,
    document::Article,
    extract::{
        frames::{Frame, Frames},
        scene::{Actor, Scene},
        time,
    },
    ontology::Ontology,
};

/// What every step of extraction may look at.
pub(in crate::extract) struct Context<'a> {
    pub(in crate::extract) article: &'a Article,
    pub(in crate::extract) scene: &'a Scene<'a>,
    /// The words of sentences that may tell a claim.
    pub(in crate::extract) telling: &'a [usize],
    pub(in crate::extract) frames: &'a Frames,
    pub(in crate::extract) ontology: &'a Ontology,
    /// Class of each entity, by id.
    pub(in crate::extract) kinds: &'a BTreeMap<&'a str, &'a str>,
    /// The known country of an actor.
    pub(in crate::extract) countries: &'a BTreeMap<Name, Name>,
    /// Dates that the paragraph names.
    pub(in crate::extract) dates: &'a [time::Dated],
    /// The last dates that the text names before the paragraph.
    pub(in crate::extract) earlier: time::Last,
}

impl Context<'_> {
    /// Whether an actor's class is `kind` or below it.
    pub(in crate::extract) fn is_a(&self, actor: &Actor, kind: &str) -> bool {
        self.kinds
            .get(&*actor.argument.entity)
            .is_some_and(|own| self.ontology.is_a(own, kind))
    }

    /// Whether an actor is of one of these classes. One that the input names without a class may be of any class of actors
    /// and places, if that is `assumed`.
    pub(super) fn fits(&self, actor: &Actor, kinds: &[Name], assumed: bool) -> bool {
        kinds.is_empty()
            || kinds.iter().any(|kind| self.is_a(actor, kind))
            || (assumed && self.is_untyped(actor) && self.takes_actors(kinds))
    }

    /// Whether these classes have room for actors or places.
    pub(in crate::extract) fn takes_actors(&self, kinds: &[Name]) -> bool {
        let of = |kind: &Name, above| self.ontology.is_a(kind, above);
        kinds.is_empty()
            || kinds
                .iter()
                .any(|kind| of(kind, "Actor") || of(kind, "Place"))
    }

    /// The classes that a frame's relation admits as its source and target.
    pub(super) fn admitted(&self, frame: &Frame) -> (&[Name], &[Name]) {
        let (domain, range) = self
            .ontology
            .relation(&frame.relation)
            .map_or((&[][..], &[][..]), |relation| {
                (&*relation.domain, &*relation.range)
            });
        if frame.reverse {
            (range, domain)
        } else {
            (domain, range)
        }
    }

    /// Whether a frame tells what two do with each other, in peace.
    pub(super) fn is_meeting(&self, frame: &Frame) -> bool {
        let relation = self.ontology.relation(&frame.relation);
        let shared = relation.is_some_and(|relation| {
            relation.symmetric && relation.quad_class.is_some_and(|class| class <= 2)
        });
        shared && frame.pairs && !frame.mutual
    }

    /// Whether two actors are of the classes that a frame and its relation ask for, in the frame's order.
    pub(in crate::extract) fn suits(&self, frame: &Frame, source: &Actor, target: &Actor) -> bool {
        let (domain, range) = self.admitted(frame);
        let assumed = self.article.mentions.is_some();
        self.fits(source, &frame.source_kinds, assumed)
            && self.admits(domain, source)
            && self.fits(target, &frame.target_kinds, assumed)
            && self.admits(range, target)
    }

    /// Whether a relation with these classes takes an actor: one that it refuses must not keep a better slot from being read.
    pub(super) fn admits(&self, classes: &[Name], actor: &Actor) -> bool {
        let kind = self.kinds.get(&*actor.argument.entity);
        kind.is_none_or(|kind| self.ontology.admits(classes, kind))
    }

    /// Whether the input names an actor without saying what it is.
    fn is_untyped(&self, actor: &Actor) -> bool {
        self.kinds.get(&*actor.argument.entity) == Some(&"Actor")
    }
}
