//! Capitals and seats that stand for a government: "Washington demanded", "beskyldte Oslo". The name must be subject,
//! agent or addressee of a verb of acting or speaking; anywhere else it is the place.

use std::sync::Arc;

use super::{
    Found, Reader,
    words::{VerbWords, holds},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
    text::Span,
};

/// Relinks the names that stand for an actor.
pub(super) fn read(reader: &mut Reader) {
    let meant: Vec<(usize, usize, Span)> = (0..reader.found.len())
        .filter(|&index| acts(reader, index))
        .map(|index| {
            (
                index,
                reader.found[index].paragraph,
                reader.found[index].span,
            )
        })
        .collect();
    for (index, _, span) in meant {
        let place = Arc::clone(&reader.found[index].entity);
        let Some(actor) = reader
            .gazetteer
            .stands_for(&place)
            .and_then(|id| reader.gazetteer.actor(id))
        else {
            continue;
        };
        let entity = reader.add_known(actor);
        let text = span.slice(&reader.article.text);
        reader.found[index].why =
            format!("'{text}' acts or is spoken to here, so it stands for {entity}.");
        reader.found[index].entity = entity;
    }
}

/// "Russerne angrep Kyiv", "forhandlet med russerne": a whole people stands for its state where it does or suffers what states
/// do to each other.
pub(super) fn read_peoples(reader: &mut Reader) {
    if !reader.words.norwegian() {
        return;
    }
    for at in 0..reader.paragraphs.len() {
        for index in 0..reader.paragraphs[at].words.len() {
            let Some(state) = people_at(reader, at, index) else {
                continue;
            };
            let Some(actor) = reader.gazetteer.actor(&state) else {
                continue;
            };
            let entity = reader.add_known(actor);
            let span = reader.paragraphs[at].words[index].span;
            reader.found.push(Found {
                paragraph: at,
                words: index..index + 1,
                span,
                why: format!("A people that acts as {entity}."),
                entity,
                kind: MentionKind::Nominal,
            });
        }
    }
}

fn people_at(reader: &Reader, at: usize, index: usize) -> Option<Name> {
    let paragraph = &reader.paragraphs[at];
    let word = &paragraph.words[index];
    let whole = word.pos == Pos::Noun
        && word.feature("Definite") == Some("Def")
        && word.feature("Number") == Some("Plur");
    if !whole || reader.name_at(at, index).is_some() {
        return None;
    }
    let state = reader.gazetteer.state_of(&word.lemma)?;
    // "De unge russerne", "russerne som flyktet" are some of them.
    let told_apart = [
        Role::Adjective,
        Role::Number,
        Role::RelativeClause,
        Role::Oblique,
    ];
    if paragraph.children_with(index, &told_apart).next().is_some() {
        return None;
    }
    let (role, head) = reader.role(at, index..index + 1);
    let verb = &paragraph.words[head?];
    let is_one = |list: &[String]| VerbWords::hold(list, &verb.lemma, &verb.text, true);
    let verbs = &reader.words.verbs;
    let acts = match role {
        Role::Subject
        | Role::PassiveSubject
        | Role::Agent
        | Role::Object
        | Role::IndirectObject => is_one(&verbs.peoples),
        Role::Oblique => {
            let marker = word.marker.as_ref();
            let towards = marker.is_some_and(|marker| holds(&verbs.towards, marker));
            towards && (is_one(&verbs.deals) || is_one(&verbs.peoples))
        }
        _ => false,
    };
    acts.then(|| Arc::clone(state))
}

fn acts(reader: &Reader, index: usize) -> bool {
    let found = &reader.found[index];
    if reader.gazetteer.stands_for(&found.entity).is_none() {
        return false;
    }
    let words = &reader.paragraphs[found.paragraph].words;
    let (role, head) = reader.role(found.paragraph, found.words.clone());
    let own = reader.head(found.paragraph, found.words.clone());
    // "between Oslo and Stockholm": the preposition stands before the first of several.
    let first = reader.first_of(found.paragraph, found.words.clone());
    let Some(verb) = head.map(|head| &words[head]) else {
        return false;
    };
    // A Norwegian genitive, whatever the parser calls it.
    let genitive = found.span.end < words[own].span.end
        && words[own].text.ends_with('s')
        && words[own].marker.is_none();
    let role = if reader.words.norwegian() && genitive {
        Role::Possessor
    } else {
        role
    };
    let norwegian = reader.words.norwegian();
    let is_one = |list: &[String]| VerbWords::hold(list, &verb.lemma, &verb.text, norwegian);
    match role {
        Role::Subject | Role::PassiveSubject | Role::Agent => {
            // "has close ties with", "is at war with"
            let deals = |&child: &usize| {
                let own = &words[child];
                let state = own.role == Role::Object || verb.pos == Pos::Aux;
                let list = &reader.words.verbs.deals;
                own.pos == Pos::Noun
                    && state
                    && VerbWords::hold(list, &own.lemma, &own.text, norwegian)
            };
            let arguments = [Role::Object, Role::Oblique];
            let paragraph = &reader.paragraphs[found.paragraph];
            is_one(&reader.words.verbs.acts)
                || is_one(&reader.words.verbs.addresses)
                || head.is_some_and(|verb| {
                    let below: Vec<usize> = paragraph.children_with(verb, &arguments).collect();
                    below.iter().any(deals)
                })
        }
        Role::Object | Role::IndirectObject => {
            words[first].marker.is_none() && is_one(&reader.words.verbs.addresses)
        }
        Role::Oblique => {
            let towards = words[first]
                .marker
                .as_ref()
                .is_some_and(|marker| holds(&reader.words.verbs.towards, marker));
            let posted = words[first]
                .marker
                .as_ref()
                .is_some_and(|marker| holds(&reader.words.verbs.posted, marker));
            towards && is_one(&reader.words.verbs.deals)
                || posted && is_one(&reader.words.verbs.posts)
        }
        // "Washington's ambassador".
        Role::Possessor => {
            let noun = verb.text.to_lowercase();
            let office = |title: &String| noun == *title || noun.ends_with(&format!("-{title}"));
            let names = &reader.words.names;
            names.office.iter().chain(&names.titles).any(office)
                || is_one(&reader.words.verbs.deals)
        }
        _ => false,
    }
}
