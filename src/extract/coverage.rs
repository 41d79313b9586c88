//! What was not read: sentences that name two actors and give no claim, and the predicates between actors that have no frame.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    classes,
    frames::{Frames, Kind, Lexicon},
    propose::Path,
    scene::Scene,
};
use crate::{
    claim::{Claim, Entity, Mention, Name},
    document::Article,
    grammar::{Paragraph, Pos},
    ontology::Ontology,
    text::Span,
};

/// A sentence in which two actors or more are mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Where it stands in the article's text.
    pub span: Span,
    /// Ids of the actors, in order.
    pub actors: Vec<Name>,
    /// Whether a claim rests on it.
    pub told: bool,
    /// The words that join each actor with the next one in the tree, in order, each once.
    pub predicates: Vec<Predicate>,
}

/// A verb, noun or adjective between two actors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Predicate {
    /// Its dictionary form.
    pub lemma: String,
    /// `verb`, `noun` or `adjective`.
    pub kind: &'static str,
    /// Whether a frame or an operator knows it, or it is listed among the words that say nothing of two actors.
    pub known: bool,
}

/// The sentences of an article in which two actors or more are mentioned, in order. Takes what `extract` took, and the
/// claims that were kept.
#[must_use]
pub fn meetings(
    article: &Article,
    paragraphs: &[Paragraph],
    (entities, mentions, claims): (&[Entity], &[Mention], &[Claim]),
    lexicon: &Lexicon,
    ontology: &Ontology,
) -> Vec<Meeting> {
    let Some(frames) = lexicon.of(article.lang) else {
        return vec![];
    };
    let classes = classes(entities, ontology);
    let kinds: BTreeMap<&Name, &Name> = entities.iter().map(|one| (&one.id, &one.kind)).collect();
    let is_actor = |id: &Name| {
        kinds
            .get(id)
            .is_some_and(|kind| ontology.is_a(kind, "Actor"))
    };
    let mut found = vec![];
    for paragraph in paragraphs {
        let mended = frames.mend(paragraph, mentions);
        let scene = Scene::new(&mended, mentions, frames, &classes);
        for sentence in mended.sentences.clone() {
            let heads: Vec<(usize, Name)> = scene
                .given(sentence.clone())
                .into_iter()
                .map(|(head, actor)| (head, actor.argument.entity))
                .filter(|(_, id)| is_actor(id))
                .collect();
            let actors: BTreeSet<&Name> = heads.iter().map(|(_, id)| id).collect();
            if actors.len() < 2 {
                continue;
            }
            let span = mended.span(sentence);
            found.push(Meeting {
                span,
                told: claims.iter().any(|claim| claim.evidence.overlaps(span)),
                predicates: predicates(&scene, frames, &heads),
                actors: heads.iter().map(|(_, id)| id.clone()).collect(),
            });
        }
    }
    found
}

fn predicates(scene: &Scene<'_>, frames: &Frames, heads: &[(usize, Name)]) -> Vec<Predicate> {
    let mut found: Vec<Predicate> = vec![];
    for pair in heads.windows(2) {
        let [(one, first), (other, second)] = pair else {
            continue;
        };
        if first == second {
            continue;
        }
        for word in Path::between(&scene.tree, *one, *other).words() {
            if heads.iter().any(|&(head, _)| head == word) {
                continue;
            }
            if let Some(predicate) = predicate(scene, frames, word)
                && !found.contains(&predicate)
            {
                found.push(predicate);
            }
        }
    }
    found
}

fn predicate(scene: &Scene<'_>, frames: &Frames, word: usize) -> Option<Predicate> {
    let own = scene.tree.word(word);
    let (kind, calls): (&'static str, &[Kind]) = match own.pos {
        Pos::Verb => ("verb", &[Kind::Verb, Kind::Adjective, Kind::OperatorVerb]),
        Pos::Noun => ("noun", &[Kind::Noun, Kind::Office, Kind::OperatorNoun]),
        Pos::Adj => ("adjective", &[Kind::Adjective, Kind::OperatorAdjective]),
        _ => return None,
    };
    let lemma = own.lemma.clone();
    let listed = frames.is_silent(own);
    let called = calls
        .iter()
        .any(|&kind| !scene.calls(kind, word).is_empty());
    Some(Predicate {
        known: listed || called,
        lemma,
        kind,
    })
}
