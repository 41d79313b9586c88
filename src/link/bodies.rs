//! Bodies that only a description names: "an Egyptian court", "Israels ambassade", "the army". With an owner the id
//! tells it and is the same in every document and language (`egypt-court`); without one the body is the document's own.
//! And the people of an actor, who stand for it: "Israeli troops", "Hamas fighters".

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{
    Actor, Found, Reader,
    owners::{holders_state, main_state, owner_after, owner_before, place_after},
    words::{Body, holds, is_genitive_ending},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
    text::{Span, slug},
};

/// Adds mentions of bodies and of an actor's people.
pub(super) fn read(reader: &mut Reader) {
    // The last body of each slug: a bare "the court" after "an Egyptian court" is that one.
    let mut last: BTreeMap<String, Name> = BTreeMap::new();
    for at in 0..reader.paragraphs.len() {
        let mut index = 0;
        while index < reader.paragraphs[at].words.len() {
            index = read_at(reader, at, index, &mut last);
        }
    }
    join_owned(reader);
}

/// Adds bodies whose owner is a pronoun or description that has been resolved ("its political bureau").
pub(super) fn read_owned(reader: &mut Reader) {
    for at in 0..reader.paragraphs.len() {
        for start in 1..reader.paragraphs[at].words.len() {
            let before = reader.name_at(at, start - 1).cloned();
            let Some(owner) =
                before.filter(|one| one.kind != MentionKind::Name && one.words.end == start)
            else {
                continue;
            };
            if reader
                .found
                .iter()
                .any(|one| one.paragraph == at && one.words.contains(&start))
            {
                continue;
            }
            let paragraph = &reader.paragraphs[at];
            let longest = (start + 3).min(paragraph.words.len());
            let fitting = (start + 1..=longest).rev().find_map(|end| {
                let words = paragraph
                    .span(start..end)
                    .slice(&reader.article.text)
                    .to_lowercase();
                reader.words.body(&words).map(|body| (body, end))
            });
            if let Some((body, end)) = fitting {
                let begins = owner.words.start;
                let (entity, why) = body_of(reader, &owner.entity, body, at, &(start..end));
                push(reader, at, begins..end, entity, why);
            }
        }
    }
}

/// Looks for a body or people that begin at a word; returns where to look next.
fn read_at(
    reader: &mut Reader,
    at: usize,
    start: usize,
    last: &mut BTreeMap<String, Name>,
) -> usize {
    if let Some((owner, body)) = compound(reader, at, start) {
        let (entity, why) = body_of(reader, &owner, body, at, &(start..start + 1));
        last.insert(family(body).to_owned(), Arc::clone(&entity));
        push(reader, at, start..start + 1, entity, why);
        return start + 1;
    }
    let paragraph = &reader.paragraphs[at];
    if !reader.words.begins_body(&reader.lower(at, start)) {
        return start + 1;
    }
    for end in (start + 1..=(start + 5).min(paragraph.words.len())).rev() {
        let span = paragraph.span(start..end);
        let words = span.slice(&reader.article.text).to_lowercase();
        let words = words.trim_end_matches("'s").trim_end_matches("\u{2019}s");
        let genitive = words.strip_suffix('s').filter(|_| reader.words.norwegian());
        let body = reader
            .words
            .body(words)
            .or_else(|| genitive.and_then(|bare| reader.words.body(bare)));
        // "Mali's military government" is no body called military.
        let adjective = end == start + 1 && paragraph.words[start].pos == Pos::Adj;
        let taken = (start..end).any(|index| reader.name_at(at, index).is_some());
        if taken || adjective || !paragraph.sentence_of(start).contains(&(end - 1)) {
            continue;
        }
        if let Some(body) = body {
            add_body(reader, at, start..end, body, last);
            return end;
        }
        let lists = &reader.words.bodies;
        let followers = holds(&lists.followers, words);
        if followers || holds(&lists.people, words) {
            add_people(reader, at, start..end, followers);
            return end;
        }
    }
    start + 1
}

/// "Hamas-regjeringen": a name and the form of a body in one word.
fn compound(reader: &Reader, at: usize, index: usize) -> Option<(Name, &'static Body)> {
    let word = &reader.paragraphs[at].words[index];
    let (name, form) = word.text.rsplit_once('-')?;
    let body = reader.words.body(&form.to_lowercase())?;
    let found = reader.name_at(at, index)?;
    let whole = found.span.start == word.span.start && found.span.len() == name.len();
    whole.then(|| (Arc::clone(&found.entity), body))
}

fn add_people(reader: &mut Reader, at: usize, words: Range<usize>, followers: bool) {
    let Some((owner, phrase)) = owner_before(reader, at, &words) else {
        return;
    };
    let kind = reader.kind_of(&owner);
    let place = matches!(
        kind,
        "City" | "Territory" | "Facility" | "Agreement" | "Event" | "Law" | "Person"
    );
    if place || followers && kind == "State" {
        return;
    }
    let why = format!("The people of {owner} stand for it.");
    push(reader, at, phrase, owner, why);
}

fn push(reader: &mut Reader, at: usize, phrase: Range<usize>, entity: Name, why: String) {
    let span = without_genitive(reader, at, &phrase);
    reader.found.push(Found {
        paragraph: at,
        words: phrase,
        span,
        entity,
        kind: MentionKind::Nominal,
        why,
    });
}

fn add_body(
    reader: &mut Reader,
    at: usize,
    words: Range<usize>,
    body: &Body,
    last: &mut BTreeMap<String, Name>,
) {
    // "The intelligence service BND" is the body that is named.
    let named = reader
        .name_at(at, words.end)
        .map(|one| reader.kind_of(&one.entity));
    if named.is_some_and(|kind| {
        matches!(
            kind,
            "GovernmentBody" | "SecurityForce" | "ArmedGroup" | "Organization"
        )
    }) {
        return;
    }
    let owner = owner_before(reader, at, &words)
        .or_else(|| owner_after(reader, at, &words, Some(body)))
        .or_else(|| holder_behind(reader, at, &words).filter(|_| body.state));
    // "I fjor vant Høyre valget": an election is a country's or a town's.
    let owner = owner.filter(|(owner, _)| {
        let kind = reader.kind_of(owner);
        body.kind != "Event"
            || matches!(
                kind,
                "State" | "Territory" | "City" | "InternationalOrganization"
            )
    });
    // A country's militia is one that lives there, and not the only one.
    let place = owner
        .as_ref()
        .is_some_and(|(owner, _)| matches!(reader.kind_of(owner), "State" | "Territory" | "City"));
    if place && body.kind == "ArmedGroup" && !body.many {
        return;
    }
    let (entity, phrase, why) = if let Some((owner, phrase)) = owner {
        if body.many
            && let Some((place, end)) = place_after(reader, at, phrase.end)
        {
            let phrase = phrase.start..end;
            let label = without_genitive(reader, at, &phrase)
                .slice(&reader.article.text)
                .to_owned();
            let entity = reader.add_unknown(
                &format!("{owner}-{}-{place}", body.slug),
                &label,
                &body.kind,
            );
            push(
                reader,
                at,
                phrase,
                entity,
                format!("A body of {owner} in {place}."),
            );
            return;
        }
        let (entity, why) = body_of(reader, &owner, body, at, &phrase);
        (entity, phrase, why)
    } else if let Some((place, end)) =
        place_after(reader, at, words.end).filter(|_| body.many && &*body.kind == "Facility")
    {
        // "An army base in X".
        let label = reader.paragraphs[at]
            .span(words.start..end)
            .slice(&reader.article.text)
            .to_owned();
        let entity = reader.add_unknown(&format!("{place}-{}", body.slug), &label, &body.kind);
        let why = format!("A facility in {place}.");
        (entity, words.clone(), why)
    } else {
        let Some(phrase) = definite(reader, at, &words, body) else {
            return;
        };
        // "The government that they formed" is one of their own.
        if body.state && told_of(reader, at, words.end) {
            return;
        }
        // "A unity government" is not the government of before.
        let before = last.get(if body.indefinite {
            body.slug.as_str()
        } else {
            family(body)
        });
        if let Some(known) = before {
            (
                Arc::clone(known),
                phrase,
                "The same body was named before.".to_owned(),
            )
        } else if !body.alone {
            return;
        } else if let Some(named) = introduced(reader, body) {
            (named, phrase, "The text names it so.".to_owned())
        } else if let Some(state) = home(reader, body)
            .or_else(|| holders_state(reader, at, words.end))
            .or_else(|| only_state(reader, at, words.start).filter(|one| is_told_of(reader, one)))
            .or_else(|| main_state(reader, at, words.start))
            .filter(|_| !body.indefinite && !body.many)
        {
            let (entity, _) = body_of(reader, &state, body, at, &words);
            (
                entity,
                phrase,
                format!("{state} is the state that the document is about."),
            )
        } else {
            let (phrase, words) = if body.kind == "Event" {
                let dated = dated(reader, at, words);
                (phrase.start.min(dated.start)..dated.end, dated)
            } else {
                (phrase, words)
            };
            let label = reader.paragraphs[at]
                .span(words)
                .slice(&reader.article.text)
                .trim_end_matches('.')
                .to_owned();
            let id = format!("{}-in-{}", body.slug, slug(&reader.article.id));
            let entity = reader.add_unknown(&id, &label, &body.kind);
            (
                entity,
                phrase,
                "A body that the document does not place.".to_owned(),
            )
        }
    };
    if body.indefinite {
        last.insert(body.slug.clone(), Arc::clone(&entity));
    }
    // A later "the government" that acts is the state again.
    if !(body.state && is_inside(reader, at, &phrase)) {
        last.insert(family(body).to_owned(), Arc::clone(&entity));
    }
    push(reader, at, phrase, entity, why);
}

/// "Regjeringen Holm": a Norwegian government is called after the person whose name stands behind it.
fn holder_behind(reader: &Reader, at: usize, words: &Range<usize>) -> Option<(Name, Range<usize>)> {
    let found = reader.name_at(at, words.end)?;
    let begins = found.words.start == words.end && found.words.len() == 1;
    let person = reader.kind_of(&found.entity) == "Person";
    (reader.words.norwegian() && begins && person)
        .then(|| (Arc::clone(&found.entity), words.start..found.words.end))
}

/// The home country of the language, for bodies that are its own unless the text says otherwise.
fn home(reader: &mut Reader, body: &Body) -> Option<Name> {
    let home = reader.words.names.home.first().filter(|_| body.home)?;
    let state = reader.gazetteer.actor(home)?;
    Some(reader.add_known(state))
}

/// The only name that the document introduces by words of which the body's bare form is short.
fn introduced(reader: &Reader, body: &Body) -> Option<Name> {
    let longest = 2;
    let called = |one: &&Found| {
        (1..=longest.min(one.words.start)).any(|count| {
            let words = one.words.start - count..one.words.start;
            let span = reader.paragraphs[one.paragraph].span(words);
            let text = span.slice(&reader.article.text).to_lowercase();
            one.kind == MentionKind::Name && holds(&body.named, &text)
        })
    };
    let mut names = reader.found.iter().filter(called).map(|one| &one.entity);
    let first = names.next().filter(|_| !body.named.is_empty())?;
    names.all(|other| other == first).then(|| Arc::clone(first))
}

/// Whether a clause without a comma before it tells which one is meant.
fn told_of(reader: &Reader, at: usize, next: usize) -> bool {
    let words = &reader.paragraphs[at].words;
    let lists = &reader.words.references;
    let lower = reader.lower(at, next);
    let nominative = words.get(next).is_some_and(|word| {
        word.pos == Pos::Pron && matches!(word.role, Role::Subject | Role::PassiveSubject)
    });
    let formed = words.get(next).is_some_and(|word| {
        let clause = word.head.map(|verb| words[verb].role);
        word.role == Role::Subject && clause == Some(Role::RelativeClause)
    });
    holds(&lists.relative, &lower) || nominative || formed
}

/// "Tuesday's presidential election", "valget i januar 2006", "the November election": an event with the words that date it.
fn dated(reader: &Reader, at: usize, words: Range<usize>) -> Range<usize> {
    let lists = &reader.words.bodies;
    let time = |index: usize| {
        let lower = reader.lower(at, index);
        let bare = lower.trim_end_matches('.').trim_end_matches('s');
        let number = !bare.is_empty() && bare.chars().all(|digit| digit.is_ascii_digit());
        number || holds(&lists.times, &lower) || holds(&lists.times, bare)
    };
    let mut dated = words;
    let ending = |index: usize| is_genitive_ending(&reader.lower(at, index));
    let before = dated
        .start
        .checked_sub(1)
        .map(|before| before - usize::from(before > 0 && ending(before)));
    if let Some(before) = before.filter(|&before| time(before)) {
        dated.start = before;
    }
    let next = dated.end + usize::from(holds(&lists.dated, &reader.lower(at, dated.end)));
    let mut end = next;
    while end < reader.paragraphs[at].words.len() && time(end) {
        end += 1;
    }
    if end > next {
        dated.end = end;
    }
    dated
}

/// A body that was first named without its owner is the one that is named with it later, if there is just one.
fn join_owned(reader: &mut Reader) {
    let suffix = format!("-in-{}", slug(&reader.article.id));
    let bare: Vec<Name> = reader
        .entities
        .keys()
        .filter(|id| id.ends_with(&suffix))
        .cloned()
        .collect();
    for id in bare {
        let body = id.strip_suffix(&suffix).unwrap_or(&id);
        let owned = format!("-{body}");
        let mut bodies = reader
            .entities
            .keys()
            .filter(|other| **other != id && other.ends_with(&owned));
        let (Some(owned), None) = (bodies.next().cloned(), bodies.next()) else {
            continue;
        };
        for found in reader.found.iter_mut().filter(|found| found.entity == id) {
            found.entity = Arc::clone(&owned);
        }
    }
}

fn family(body: &Body) -> &str {
    body.family.as_deref().unwrap_or(&body.slug)
}

/// The body of an owner: the gazetteer's, the state itself, or one with an id made of both.
fn body_of(
    reader: &mut Reader,
    owner: &Name,
    body: &Body,
    at: usize,
    phrase: &Range<usize>,
) -> (Name, String) {
    if body.state && reader.kind_of(owner) == "State" && !is_inside(reader, at, phrase) {
        return (
            Arc::clone(owner),
            format!("The government of {owner} stands for the state."),
        );
    }
    if let Some(known) = known_body(reader, owner, body) {
        return (known, format!("The gazetteer knows this body of {owner}."));
    }
    let label = without_genitive(reader, at, phrase)
        .slice(&reader.article.text)
        .to_owned();
    let mut id = format!("{owner}-{}", body.slug);
    if body.many {
        id = format!("{id}-in-{}", slug(&reader.article.id));
    }
    let entity = reader.add_unknown(&id, &label, &body.kind);
    (entity, format!("A body of {owner}."))
}

/// "The parties in the government": what others sit in is the body, and not the state that it acts for.
fn is_inside(reader: &Reader, at: usize, phrase: &Range<usize>) -> bool {
    let lists = &reader.words;
    let before = (0..phrase.start).rev().map(|word| reader.lower(at, word));
    let mut before = before.skip_while(|word| holds(&lists.names.articles, word));
    before
        .next()
        .is_some_and(|word| holds(&lists.bodies.inside, &word))
}

/// The state, if the document has named just one before this word.
fn only_state(reader: &Reader, at: usize, word: usize) -> Option<Name> {
    let before = reader
        .found
        .iter()
        .filter(|one| (one.paragraph, one.words.start) < (at, word));
    let mut states = before
        .filter(|one| reader.kind_of(&one.entity) == "State")
        .map(|one| &one.entity);
    let first = states.next()?;
    states
        .all(|other| other == first)
        .then(|| Arc::clone(first))
}

/// Whether a document that names a state is not news from another one.
fn is_told_of(reader: &Reader, state: &Name) -> bool {
    let named = reader.found.iter().filter(|one| one.entity == *state);
    reader
        .at_home(named.count())
        .is_none_or(|home| home == *state)
}

/// The gazetteer's own entry for a body, by the English or Norwegian name that the description amounts to.
fn known_body(reader: &mut Reader, owner: &Name, body: &Body) -> Option<Name> {
    let actor = reader.gazetteer.actor(owner)?;
    // "Netanyahu's government" is that of his country, "Abbas' presidential guard" that of what he leads.
    let person = &*actor.kind == "Person";
    let led = actor
        .affiliations
        .iter()
        .map(|tie| &tie.org)
        .chain(&actor.country);
    let owners: Vec<&Actor> = std::iter::once(owner)
        .chain(led.filter(|_| person))
        .filter_map(|id| reader.gazetteer.actor(id))
        .collect();
    let plain = body.slug.replace('-', " ");
    let known = owners.into_iter().find_map(|owner| {
        let tie = |one: &&Actor| {
            one.affiliations
                .iter()
                .any(|tie| tie.org == owner.id && tie.role == body.slug)
        };
        let adjectives = owner.demonyms.en.adjective.iter();
        let mut phrases = adjectives
            .chain(owner.labels.values())
            .map(|owner| format!("{owner} {plain}"));
        let mut named = || phrases.find_map(|name| reader.gazetteer.named(&name).first().copied());
        let tied = reader.gazetteer.actors().iter().find(tie);
        tied.or_else(|| named().and_then(|id| reader.gazetteer.actor(id)))
    })?;
    Some(reader.add_known(known))
}

/// The phrase with its determiner, if it is definite.
fn definite(reader: &Reader, at: usize, words: &Range<usize>, body: &Body) -> Option<Range<usize>> {
    let paragraph = &reader.paragraphs[at];
    let references = &reader.words.references;
    let last = &paragraph.words[words.end - 1];
    let mut start = words.start;
    while start > 0 && matches!(paragraph.words[start - 1].pos, Pos::Adj) {
        start -= 1;
    }
    if start > 0 {
        let before = reader.lower(at, start - 1);
        // Whose it is, is for the pronouns to say.
        if holds(&references.owned, &before) {
            return None;
        }
        if holds(&references.definite, &before) || body.indefinite {
            return Some(start - 1..words.end);
        }
    }
    let capitals = paragraph.words[words.clone()]
        .iter()
        .all(|word| word.text.starts_with(char::is_uppercase));
    // At the start of a sentence a capital tells little, but there the tagger takes a definite form for a name.
    let inside = words.start > paragraph.sentence_of(words.start).start;
    let tagged = || {
        let form = paragraph.span(words.clone()).slice(&reader.article.text);
        let named = reader.words.norwegian() && last.pos == Pos::Propn;
        named && !body.has_longer(&form.to_lowercase())
    };
    let proper = capitals && (inside || tagged());
    let plain = start == words.start;
    let norwegian =
        last.feature("Definite") == Some("Def") || &*last.text.to_lowercase() == "høyesterett";
    (proper || body.bare && plain || norwegian || body.indefinite).then(|| words.clone())
}

fn without_genitive(reader: &Reader, at: usize, words: &Range<usize>) -> Span {
    let paragraph = &reader.paragraphs[at];
    let mut span = paragraph.span(words.clone());
    let last = &paragraph.words[words.end - 1];
    if reader.words.norwegian() && last.feature("Case") == Some("Gen") && last.text.ends_with('s') {
        span.end -= 1;
    }
    span
}
