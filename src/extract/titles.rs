//! Titles without a country: "President X recalled Egypt's ambassador" does not say of what X is president. Where the
//! gazetteer knows the holder's country and the sentence names it, it is that one. Of somebody whom it does not know, it is
//! nearly always the one state that the sentence names by an adjective or as an owner: a proposal.

use super::{
    backoff,
    factuality::Held,
    frames::{Frame, Kind},
    matching::{self, Context, Told},
    offices,
    scene::Actor,
};
use crate::{
    claim::{Claim, MentionKind, Name},
    grammar::{Pos, Role},
};

/// The text says that there is an office, the gazetteer whose.
const KNOWN: f64 = 0.7;

/// Less than an edge asks for, though most of them were right on texts with gold claims: the text itself does not say it.
const CONFIDENCE: f64 = 0.45;

/// Offices of a paragraph in which frames told `told`.
pub(super) fn claims(context: &Context<'_>, told: &[Claim]) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let words = context.telling.iter();
    words
        .filter_map(|&word| propose(context, word, told))
        .collect()
}

fn propose(context: &Context<'_>, word: usize, told: &[Claim]) -> Option<Claim> {
    let frame = office(context, word)?;
    let holder = holder(context, word)?;
    if owned(context, word, &holder) {
        return None;
    }
    let within = context.scene.tree.sentence(word);
    let same: Vec<&Claim> = told
        .iter()
        .filter(|claim| backoff::sentence(context, claim) == within)
        .collect();
    let placed = same
        .iter()
        .any(|claim| claim.event.is_none() && claim.subject.entity == holder.argument.entity);
    if placed {
        return None;
    }
    let country = context.countries.get(&holder.argument.entity);
    let (state, rule, confidence) = if let Some(country) = country {
        (named(context, word, country)?, "title/known", KNOWN)
    } else {
        let state = only_state(context, word, &holder, &same)?;
        (state, "proposal/title", CONFIDENCE)
    };
    let language = context.article.lang.family().tag();
    let told = Told {
        rule: format!("{language}/{rule}").into(),
        event: None,
        relation: frame.relation.clone(),
        act: context.scene.tree.word(word).lemma.clone(),
        confidence,
        light: false,
    };
    Some(matching::claim(
        context,
        word,
        told,
        &Held::told(),
        &holder,
        &state,
    ))
}

/// Whether a title says itself whose it is, and that is no state ("the leader of the League").
fn owned(context: &Context<'_>, word: usize, holder: &Actor) -> bool {
    let tree = &context.scene.tree;
    let owner = |child: usize| {
        let role = tree.word(child).role;
        matches!(role, Role::Possessor | Role::Oblique | Role::Compound)
            && !tree.word(child).span.overlaps(holder.argument.span)
    };
    let children = || tree.children(word).iter().copied();
    // "Head of the Wildlife Fund in Norland", "the leader of the main alliance, X": of something, whatever it is.
    let of_other = |child: usize| {
        let own = tree.word(child);
        let of = |marker: &String| tree.frames.words.owner.contains(marker);
        let under = own.role == Role::Oblique && own.marker.as_ref().is_some_and(of);
        under && own.pos == Pos::Noun && context.scene.actors(child).is_empty()
    };
    if children().any(|child| owner(child) && of_other(child)) {
        return true;
    }
    let named = children()
        .filter(|&child| owner(child))
        .flat_map(|child| context.scene.actors(child));
    let owners: Vec<Actor> = named.collect();
    !owners.is_empty()
        && !owners
            .iter()
            .any(|actor| context.is_a(actor, "Place") || context.is_a(actor, "State"))
}

/// The frame of the office of a state that a word names.
fn office<'a>(context: &Context<'a>, word: usize) -> Option<&'a Frame> {
    if !matches!(context.scene.tree.word(word).pos, Pos::Noun | Pos::Propn) {
        return None;
    }
    let calls = context.scene.calls(Kind::Office, word);
    let longest = calls.iter().map(|&(_, words)| words).max()?;
    let of_state = |frame: &&Frame| {
        let known = context.ontology.relation(&frame.relation);
        // A partner or rival is somebody's, not a country's.
        let admits = known.is_some_and(|known| {
            !known.symmetric && context.ontology.admits(&known.range, "State")
        });
        let kinds = &frame.target_kinds;
        admits && (kinds.is_empty() || kinds.iter().any(|kind| &**kind == "State"))
    };
    calls
        .iter()
        .filter(|&&(_, words)| words == longest)
        .map(|&(of, _)| &context.frames.frames[of])
        .find(of_state)
}

/// The one named person who holds the office.
fn holder(context: &Context<'_>, word: usize) -> Option<Actor> {
    let mut holders = offices::holders(context.scene, word);
    holders.retain(|actor| context.is_a(actor, "Person") && actor.kind == MentionKind::Name);
    <[Actor; 1]>::try_from(holders).ok().map(|[holder]| holder)
}

/// Where a word's sentence names a country, the nearest to the word.
fn named(context: &Context<'_>, word: usize, country: &Name) -> Option<Actor> {
    let mut found = context.scene.given(context.scene.tree.sentence(word));
    found.retain(|(_, actor)| actor.argument.entity == *country);
    found.sort_by_key(|&(at, _)| at.abs_diff(word));
    found.into_iter().next().map(|(_, actor)| actor)
}

/// The one state of the sentence that nothing else joins to the holder, where it stands as an owner, as an adjective, or as
/// the subject before the title.
fn only_state(
    context: &Context<'_>,
    word: usize,
    holder: &Actor,
    told: &[&Claim],
) -> Option<Actor> {
    let scene = context.scene;
    let joined = |state: &Actor| {
        told.iter().any(|claim| {
            let ends = [&claim.subject.entity, &claim.object.entity];
            ends.contains(&&state.argument.entity) && ends.contains(&&holder.argument.entity)
        })
    };
    let mut states: Vec<(usize, Actor)> = scene.given(scene.tree.sentence(word));
    states.retain(|(_, actor)| context.is_a(actor, "State") && !joined(actor));
    let (at, state) = states.first().cloned()?;
    let one = states
        .iter()
        .all(|(_, other)| other.argument.entity == state.argument.entity);
    let before = at < word;
    let owns = match scene.tree.word(at).role {
        Role::Possessor => !is_office(context, at),
        Role::Object | Role::Oblique => false,
        Role::Subject | Role::PassiveSubject => before,
        _ => before,
    };
    (one && owns && !is_told_by(context, at, word)).then_some(state)
}

/// "Togo has troops there, says General X": what somebody tells of is not theirs.
fn is_told_by(context: &Context<'_>, told: usize, title: usize) -> bool {
    let tree = &context.scene.tree;
    let path = |from: usize| {
        let up = std::iter::successors(Some(from), |&at| tree.word(at).head);
        up.take(tree.paragraph.words.len())
    };
    path(told).any(|at| {
        let speech = matches!(tree.word(at).role, Role::Content | Role::Parataxis);
        let teller = tree.word(at).head.filter(|_| speech);
        // The title must stand under the verb that tells, but not in what is told.
        teller.is_some_and(|verb| {
            path(title).any(|above| above == verb) && path(title).all(|above| above != at)
        })
    })
}

/// "the American envoy X": an owner of another's office is that other's.
fn is_office(context: &Context<'_>, owner: usize) -> bool {
    let owned = context.scene.tree.word(owner).head;
    owned.is_some_and(|owned| {
        let office = !context.scene.calls(Kind::Office, owned).is_empty();
        office && !offices::holders(context.scene, owned).is_empty()
    })
}
