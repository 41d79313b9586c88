//! Names: those of the gazetteer, those that only the recogniser (or a run of proper nouns) shows, short forms of
//! names that the document gives in full, acronyms that it introduces, adjectives of countries.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Found, Reader,
    gazetteer::Use,
    matching::{Match, matches},
    shapes::{capital, initials, is_acronym, runs, short_forms, trim},
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
    text::{Span, fold_name, slug},
};

/// A stretch that is a name of somebody.
struct Candidate<'a> {
    paragraph: usize,
    words: Range<usize>,
    span: Span,
    source: Source<'a>,
}

enum Source<'a> {
    /// Indices of actors that bear the name.
    Known(Vec<usize>, Match<'a>),
    /// Its kind, as the words around it or the recogniser tell.
    Unknown(String),
}

/// Adds all mentions by name.
pub(super) fn read(reader: &mut Reader) {
    let mut candidates = Vec::new();
    let mut adjectives = Vec::new();
    for at in 0..reader.paragraphs.len() {
        collect(reader, at, &mut candidates, &mut adjectives);
    }
    let acronyms = bind(reader, &candidates);
    let entities = resolve(reader, &candidates, &acronyms);
    let persons = persons(reader, &candidates, &entities);
    emit(reader, &candidates, entities, &persons, &acronyms);
    scan_short_forms(reader, &persons, &acronyms);
    for (at, found) in adjectives {
        add_adjective(reader, at, &found);
    }
}

fn collect<'a>(
    reader: &Reader<'a>,
    at: usize,
    candidates: &mut Vec<Candidate<'a>>,
    adjectives: &mut Vec<(usize, Match<'a>)>,
) {
    let paragraph = &reader.paragraphs[at];
    let norwegian = reader.words.norwegian();
    let (mut known, mut taken): (Vec<Match>, Vec<Span>) = (Vec::new(), Vec::new());
    let mut small = Vec::new();
    for mut found in matches(&reader.article.text, paragraph, reader.gazetteer, norwegian) {
        if found
            .spellings
            .iter()
            .any(|one| one.usage == Use::Adjective)
        {
            small.push(found.clone());
        }
        let actors = reader.gazetteer.actors();
        found.spellings.retain(|one| {
            one.usage == Use::Name
                && (!actors[one.actor].weak || seen_as_place(reader, at, found.words.clone()))
        });
        if !found.spellings.is_empty() && !taken.iter().any(|span| span.overlaps(found.span)) {
            taken.push(found.span);
            known.push(found);
        }
    }
    let mut unknown: Vec<(Range<usize>, String)> = Vec::new();
    let recognised = paragraph
        .names
        .iter()
        .map(|name| (name.words.clone(), name.label.as_str()));
    let runs = runs(paragraph, reader.words)
        .into_iter()
        .map(|run| (run, ""));
    for (words, label) in recognised.chain(runs) {
        let words = trim(reader, at, words);
        // "Congress" and "the Supreme Court" are bodies, which know how to find their owner.
        if reader
            .words
            .body(
                &paragraph
                    .span(words.clone())
                    .slice(&reader.article.text)
                    .to_lowercase(),
            )
            .is_some()
        {
            continue;
        }
        let overlaps = |other: &Range<usize>| words.start < other.end && other.start < words.end;
        if words.is_empty() || unknown.iter().any(|(other, _)| overlaps(other)) {
            continue;
        }
        let inside: Vec<usize> = (0..known.len())
            .filter(|&index| overlaps(&known[index].words))
            .collect();
        let Some(kind) = kind_of(reader, at, &words, label) else {
            continue;
        };
        if !inside.is_empty() && !outweighs(reader, at, &words, &kind, &known, &inside) {
            continue;
        }
        for &index in inside.iter().rev() {
            known.remove(index);
        }
        unknown.push((words, kind));
    }
    small.retain(|found| {
        let covered =
            |words: &Range<usize>| words.start <= found.words.start && found.words.end <= words.end;
        !known.iter().any(|one| one.span.overlaps(found.span))
            && !unknown.iter().any(|(words, _)| covered(words))
    });
    adjectives.extend(small.into_iter().map(|found| (at, found)));
    for found in known {
        candidates.push(Candidate {
            paragraph: at,
            words: found.words.clone(),
            span: found.span,
            source: Source::Known(found.spellings.iter().map(|one| one.actor).collect(), found),
        });
    }
    for (words, kind) in unknown {
        let span = bare_span(reader, at, &words);
        candidates.push(Candidate {
            paragraph: at,
            words,
            span,
            source: Source::Unknown(kind),
        });
    }
    candidates.sort_by_key(|one| (one.paragraph, one.span.start));
}

fn seen_as_place(reader: &Reader, at: usize, words: Range<usize>) -> bool {
    reader.paragraphs[at].names.iter().any(|name| {
        name.words.start <= words.start
            && words.end <= name.words.end
            && name.words.len() <= words.len() + 1
            && (name.label.starts_with("GPE") || name.label == "LOC")
    })
}

fn label_at<'a>(reader: &Reader<'a>, at: usize, words: &Range<usize>) -> &'a str {
    let covers = |name: &&crate::grammar::RecognisedName| {
        name.words.start <= words.start && words.end <= name.words.end
    };
    reader.paragraphs[at]
        .names
        .iter()
        .find(covers)
        .map_or("", |name| &name.label)
}

/// Whether a recognised name is a name of its own although a known one lies in it ("Bank of Norway").
fn outweighs(
    reader: &Reader,
    at: usize,
    words: &Range<usize>,
    kind: &str,
    known: &[Match],
    inside: &[usize],
) -> bool {
    let actors = reader.gazetteer.actors();
    let paragraph = &reader.paragraphs[at];
    let covered: usize = inside.iter().map(|&index| known[index].words.len()).sum();
    if covered >= words.len() || inside.len() > 1 {
        return false;
    }
    let found = &known[inside[0]];
    if found.words.start < words.start || found.words.end > words.end {
        return false;
    }
    // "AS Roma" is no city.
    let place_of_body = label_at(reader, at, words) == "ORG"
        && found
            .spellings
            .iter()
            .all(|one| &*actors[one.actor].kind == "City")
        && words
            .clone()
            .all(|index| paragraph.words[index].pos == Pos::Propn);
    // A list is no name; nor is a phrase with small words that no name has.
    let loose = |at: usize| {
        let word = &paragraph.words[at];
        matches!(word.pos, Pos::Punct | Pos::Cconj | Pos::Verb | Pos::Aux) && word.text != "-"
    };
    if words.clone().any(loose) {
        return false;
    }
    let of_person = found
        .spellings
        .iter()
        .any(|one| &*actors[one.actor].kind == "Person");
    if kind == "Person" {
        // "Jonas Abbas" is not Mahmoud Abbas; but a full name within a longer one is the person.
        return if of_person {
            found.words.len() == 1
        } else {
            true
        };
    }
    let head_in_rest = reader
        .words
        .kind_of_name(paragraph.span(words.clone()).slice(&reader.article.text))
        .is_some();
    let place = found.spellings.iter().any(|one| {
        matches!(
            &*actors[one.actor].kind,
            "City" | "State" | "Territory" | "Person"
        )
    });
    let capitals = words
        .clone()
        .filter(|index| !found.words.contains(index))
        .all(|index| {
            let word = &paragraph.words[index];
            capital(&word.text)
                || matches!(word.pos, Pos::Adp | Pos::Det | Pos::Part)
                || word.text == "-"
        });
    capitals
        && (place_of_body
            || head_in_rest && !found.words.contains(&(words.end - 1))
            || place && words.start < found.words.start && head_in_rest)
}

/// The kind of an unknown name; `None` for what is no actor.
fn kind_of(reader: &Reader, at: usize, words: &Range<usize>, label: &str) -> Option<String> {
    let paragraph = &reader.paragraphs[at];
    let text = paragraph.span(words.clone()).slice(&reader.article.text);
    if !words
        .clone()
        .any(|index| capital(&paragraph.words[index].text))
    {
        return None;
    }
    let told = reader.words.kind_of_name(text);
    let compound = words.len() > 1 || reader.words.norwegian();
    // "Organisasjonen Ny Dag" begins with its kind.
    let first = &paragraph.words[words.start].text;
    if let Some(kind) = reader
        .words
        .kind_of_name(first)
        .filter(|_| reader.words.norwegian() && words.len() > 1)
    {
        return Some(kind.to_owned());
    }
    if let Some(kind) = told.filter(|_| compound) {
        let person = matches!(label, "PERSON" | "PER") && titled(reader, at, words);
        return Some(if person { "Person" } else { kind }.to_owned());
    }
    if let [only] = &paragraph.words[words.clone()]
        && (matches!(only.pos, Pos::Det | Pos::Pron | Pos::Adp | Pos::Adv)
            || holds(&reader.words.names.articles, &only.text.to_lowercase()))
    {
        return None;
    }
    if titled(reader, at, words) && words.len() < 5 {
        return Some("Person".to_owned());
    }
    if let Some(kind) = described(reader, at, words) {
        return Some(kind.to_owned());
    }
    // No person's name has an article or "in" before it.
    let person = matches!(label, "" | "PERSON" | "PER");
    let before = words
        .start
        .checked_sub(1)
        .map(|index| reader.lower(at, index))
        .unwrap_or_default();
    if person && holds(&reader.words.names.locative, &before) {
        return Some("City".to_owned());
    }
    if person && words.len() > 1 && !reader.words.norwegian() && before == "the" {
        return Some("Organization".to_owned());
    }
    match reader.words.names.labels.get(label) {
        Some(kind) => Some(kind.clone()),
        // A run of proper nouns that nobody marked is most often a person.
        None if matches!(label, "" | "PRODUCT" | "PROD" | "WORK_OF_ART" | "MISC")
            && words.len() > 1 =>
        {
            let names = words
                .clone()
                .all(|index| paragraph.words[index].pos == Pos::Propn);
            let plain = !text.chars().any(|one| one.is_numeric());
            (names && plain && words.len() < 5 && label != "WORK_OF_ART" && label != "PRODUCT")
                .then(|| "Person".to_owned())
        }
        None => None,
    }
}

/// The kind that a common noun before the name or beside it in apposition tells ("the firm X", "avisen X").
fn described<'a>(reader: &Reader<'a>, at: usize, words: &Range<usize>) -> Option<&'a str> {
    let paragraph = &reader.paragraphs[at];
    let told = |index: usize| {
        let word = &paragraph.words[index];
        let kind = (word.pos == Pos::Noun)
            .then(|| reader.words.kind_of_name(&word.text))
            .flatten();
        kind.filter(|kind| *kind != "Law")
    };
    let before = words.start.checked_sub(1).and_then(told);
    let head = reader.head(at, words.clone());
    let above = paragraph.words[head]
        .head
        .filter(|_| paragraph.words[head].role == Role::Apposition);
    before
        .or_else(|| above.filter(|index| !words.contains(index)).and_then(told))
        .or_else(|| {
            let mut beside = paragraph.children_with(head, &[Role::Apposition]);
            beside.find_map(|child| {
                if words.contains(&child) {
                    None
                } else {
                    told(child)
                }
            })
        })
}

/// Whether a title stands before the name or beside it in apposition.
fn titled(reader: &Reader, at: usize, words: &Range<usize>) -> bool {
    let paragraph = &reader.paragraphs[at];
    let titles = &reader.words.names.titles;
    let title = |index: usize| {
        let word = &paragraph.words[index];
        word.pos != Pos::Adj
            && !paragraph.words[index]
                .text
                .chars()
                .all(|one| !one.is_alphabetic())
            && (holds(titles, &word.text.to_lowercase())
                || holds(titles, &word.lemma)
                || holds(&reader.words.names.regnal, &word.lemma))
    };
    let mut before = words.start;
    while before > 0 && paragraph.words[before - 1].text == "," && before > 1 {
        before -= 1;
    }
    if before > 0 && title(before - 1) && paragraph.sentence_of(words.start).contains(&(before - 1))
    {
        return true;
    }
    let head = reader.head(at, words.clone());
    let word = &paragraph.words[head];
    let above = word.role == Role::Apposition && word.head.is_some_and(&title);
    let mut beside = paragraph.children_with(head, &[Role::Apposition]);
    above || beside.any(|child| !words.contains(&child) && title(child))
}

/// The span of an unknown name, without a Norwegian genitive ending.
fn bare_span(reader: &Reader, at: usize, words: &Range<usize>) -> Span {
    let paragraph = &reader.paragraphs[at];
    let mut span = paragraph.span(words.clone());
    let text = span.slice(&reader.article.text);
    let genitive = paragraph
        .words
        .get(words.end.wrapping_sub(1))
        .is_some_and(|word| word.feature("Case") == Some("Gen") || word.role == Role::Possessor);
    if reader.words.norwegian() && genitive {
        if text.ends_with('s') && text.chars().count() > 3 {
            span.end -= 1;
        } else if let Some(rest) = text.strip_suffix(['\'', '\u{2019}']) {
            span.end = span.start + rest.len();
        }
    }
    span
}

/// Acronyms that the document introduces: in brackets after the name, or as its initials.
fn bind(reader: &Reader, candidates: &[Candidate]) -> BTreeMap<String, usize> {
    let mut bound = BTreeMap::new();
    for (index, one) in candidates.iter().enumerate() {
        let words = &reader.paragraphs[one.paragraph].words;
        let word = |offset: usize| {
            words
                .get(one.words.end + offset)
                .map_or("", |word| &word.text)
        };
        if one.words.len() > 1 && word(0) == "(" && is_acronym(word(1)) && word(2) == ")" {
            bound.insert(word(1).to_owned(), index);
        }
    }
    for (index, one) in candidates.iter().enumerate() {
        let letters = initials(one.span.slice(&reader.article.text));
        let own = matches!(&one.source, Source::Unknown(kind) if kind != "Person");
        if own && letters.chars().count() >= 3 {
            bound.entry(letters).or_insert(index);
        }
    }
    bound
}

/// The entity of every candidate; short names of persons wait for `emit`.
fn resolve(
    reader: &mut Reader,
    candidates: &[Candidate],
    acronyms: &BTreeMap<String, usize>,
) -> Vec<Name> {
    let mut certain = BTreeSet::new();
    for one in candidates {
        if let Source::Known(actors, _) = &one.source
            && let [actor] = actors[..]
        {
            certain.insert(actor);
        }
    }
    let text = &reader.article.text;
    let texts: BTreeSet<&str> = candidates.iter().map(|one| one.span.slice(text)).collect();
    let mut entities: Vec<Name> = Vec::new();
    for one in candidates {
        let entity = match &one.source {
            Source::Known(actors, _) => {
                let named = actors.iter().find(|actor| certain.contains(*actor));
                let actor = named.or_else(|| actors.first()).copied().unwrap_or(0);
                let actor = &reader.gazetteer.actors()[actor];
                reader.add_known(actor)
            }
            Source::Unknown(kind) => {
                let written = one.span.slice(text);
                // A genitive that the grammar did not see, if the bare name stands elsewhere.
                let bare = written
                    .strip_suffix('s')
                    .filter(|bare| reader.words.norwegian() && texts.contains(bare));
                let name = bare
                    .unwrap_or(written)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                let id = slug(super::gazetteer::without_article(&name));
                if id.is_empty() {
                    "unnamed".into()
                } else {
                    reader.add_unknown(&id, &name, kind)
                }
            }
        };
        entities.push(entity);
    }
    // A bracketed acronym is the same actor as the name before it; a known one tells who that is.
    for (index, one) in candidates.iter().enumerate() {
        let Some(&full) = acronyms.get(one.span.slice(text)) else {
            continue;
        };
        let known_short = matches!(one.source, Source::Known(..));
        if known_short && matches!(candidates[full].source, Source::Unknown(_)) && index == full + 1
        {
            let id = Arc::clone(&entities[full]);
            let known = Arc::clone(&entities[index]);
            entities
                .iter_mut()
                .filter(|entity| **entity == id)
                .for_each(|entity| *entity = Arc::clone(&known));
        } else {
            entities[index] = Arc::clone(&entities[full]);
        }
    }
    entities
}

/// Short forms of the persons whose full names the document gives, with where they stand.
fn persons(
    reader: &Reader,
    candidates: &[Candidate],
    entities: &[Name],
) -> BTreeMap<String, Vec<(usize, Name, bool)>> {
    let mut short: BTreeMap<String, Vec<(usize, Name, bool)>> = BTreeMap::new();
    for (one, entity) in candidates.iter().zip(entities) {
        if reader.kind_of(entity) != "Person" {
            continue;
        }
        let mut names = vec![one.span.slice(&reader.article.text).to_owned()];
        // Of a known person who is named in full here, the label's short forms count as well.
        if names[0].split_whitespace().nth(1).is_none() {
            continue;
        }
        names.extend(
            reader
                .entities
                .get(entity)
                .into_iter()
                .flat_map(|entity| entity.labels.get("en").cloned()),
        );
        for name in names {
            let forms = short_forms(&name, reader.words);
            let count = forms.len();
            for (index, form) in forms.into_iter().enumerate() {
                let known = short.entry(form).or_default();
                if !known.iter().any(|(_, other, _)| other == entity) {
                    known.push((one.span.start, Arc::clone(entity), index + 1 == count));
                }
            }
        }
    }
    short
}

/// Whom a short form means at a place: surnames before first names, the last one named before it, else the first after.
fn bearer(
    persons: &BTreeMap<String, Vec<(usize, Name, bool)>>,
    form: &str,
    place: usize,
) -> Option<Name> {
    let bearers = persons.get(form)?;
    let surnames: Vec<_> = bearers.iter().filter(|(_, _, first)| !first).collect();
    if surnames.is_empty() {
        return if let [(_, one, _)] = &bearers[..] {
            Some(Arc::clone(one))
        } else {
            None
        };
    }
    let before = surnames
        .iter()
        .filter(|(start, _, _)| *start <= place)
        .max_by_key(|(start, _, _)| *start);
    before
        .or(surnames.first())
        .map(|(_, one, _)| Arc::clone(one))
}

fn emit(
    reader: &mut Reader,
    candidates: &[Candidate],
    entities: Vec<Name>,
    persons: &BTreeMap<String, Vec<(usize, Name, bool)>>,
    acronyms: &BTreeMap<String, usize>,
) {
    for (one, entity) in candidates.iter().zip(entities) {
        let text = one.span.slice(&reader.article.text).to_owned();
        let mut chosen = entity;
        let short = !text.contains(' ') || matches!(one.source, Source::Unknown(_));
        let may_be_person = match &one.source {
            Source::Known(..) => reader.kind_of(&chosen) == "Person",
            Source::Unknown(_) => true,
        };
        let mut why = match &one.source {
            Source::Known(..) => format!("'{text}' is a name of {chosen} in the gazetteer."),
            Source::Unknown(kind) => {
                format!("'{text}' is a name that the gazetteer does not know, read as {kind}.")
            }
        };
        if acronyms.contains_key(&text) {
            why = format!("'{text}' stands for a longer name in this document.");
        } else if short && may_be_person {
            let form = fold_name(&text);
            let named = bearer(persons, &form, one.span.start);
            let named_here = persons
                .values()
                .flatten()
                .any(|(_, other, _)| *other == chosen);
            if let Some(named) =
                named.filter(|named| *named != chosen && !(named_here && !text.contains(' ')))
            {
                why = format!("'{text}' is short for a full name in this document.");
                chosen = named;
            }
        }
        if let Source::Known(_, found) = &one.source {
            add_parts(reader, one, &chosen, found);
        }
        reader.found.push(Found {
            paragraph: one.paragraph,
            words: one.words.clone(),
            span: one.span,
            entity: chosen,
            kind: MentionKind::Name,
            why,
        });
    }
}

/// The owner's name inside the name of its own body ("Fatah" in "Fatah Central Committee").
fn add_parts(reader: &mut Reader, one: &Candidate, outer: &Name, outer_match: &Match) {
    let Some(actor) = reader.gazetteer.actor(outer) else {
        return;
    };
    let of_others = matches!(&*actor.kind, "Event" | "Agreement");
    if !of_others
        && !matches!(
            &*actor.kind,
            "GovernmentBody" | "SecurityForce" | "ArmedGroup"
        )
    {
        return;
    }
    let paragraph = &reader.paragraphs[one.paragraph];
    let norwegian = reader.words.norwegian();
    for inner in matches(&reader.article.text, paragraph, reader.gazetteer, norwegian) {
        if inner.span == outer_match.span || !outer_match.span.contains(inner.span) {
            continue;
        }
        let owner = inner.spellings.iter().find_map(|spelling| {
            let id = &reader.gazetteer.actors()[spelling.actor].id;
            let owns = actor.country.as_ref() == Some(id)
                || actor.affiliations.iter().any(|tie| tie.org == *id);
            let part = of_others && spelling.usage == Use::Name;
            (part || spelling.usage != Use::Description && owns).then_some(spelling.actor)
        });
        let Some(owner) = owner else {
            continue;
        };
        let entity = reader.add_known(&reader.gazetteer.actors()[owner]);
        reader.found.push(Found {
            paragraph: one.paragraph,
            words: inner.words,
            span: inner.span,
            why: format!("The name of {outer} holds that of {entity}."),
            entity,
            kind: MentionKind::Name,
        });
    }
}

/// Words outside the mentions so far that are short for a full name, or an acronym, of this document.
fn scan_short_forms(
    reader: &mut Reader,
    persons: &BTreeMap<String, Vec<(usize, Name, bool)>>,
    acronyms: &BTreeMap<String, usize>,
) {
    let mut more = Vec::new();
    for (at, paragraph) in reader.paragraphs.iter().enumerate() {
        for (index, word) in paragraph.words.iter().enumerate() {
            if !capital(&word.text) || reader.name_at(at, index).is_some() {
                continue;
            }
            // A compound begins with the name ("Lukasjenko-regimet").
            let mut texts = vec![word.text.as_str()];
            if reader.words.norwegian() {
                texts.extend(word.text.strip_suffix('s'));
                texts.extend(word.text.rsplit_once('-').map(|(name, _)| name));
            }
            let said = texts.into_iter().find_map(|text| {
                let form = fold_name(text);
                let entity = if let Some(&full) = acronyms.get(text) {
                    reader
                        .found
                        .get(full)
                        .map(|found| Arc::clone(&found.entity))
                } else {
                    bearer(persons, &form, word.span.start)
                };
                entity.map(|entity| (text.len(), entity))
            });
            if let Some((length, entity)) = said {
                more.push(Found {
                    paragraph: at,
                    words: index..index + 1,
                    span: Span::new(word.span.start, word.span.start + length),
                    why: format!("'{}' is short for a full name in this document.", word.text),
                    entity,
                    kind: MentionKind::Name,
                });
            }
        }
    }
    reader.found.extend(more);
}

/// An adjective of a country: the country, or the body that is meant before an office ("Palestinian president").
fn add_adjective(reader: &mut Reader, at: usize, found: &Match) {
    if reader
        .found
        .iter()
        .any(|one| one.paragraph == at && one.span.overlaps(found.span))
    {
        return;
    }
    let following = (found.words.end..found.words.end + 2).map(|index| reader.lower(at, index));
    let office = following
        .into_iter()
        .any(|word| holds(&reader.words.names.office, &word));
    let actors = reader.gazetteer.actors();
    let meant = found
        .spellings
        .iter()
        .filter(|one| one.usage == Use::Adjective)
        .max_by_key(|one| {
            let special = actors[one.actor].demonyms.only_before.is_some();
            (special == office, std::cmp::Reverse(one.actor))
        });
    let Some(actor) = meant.map(|one| &actors[one.actor]) else {
        return;
    };
    if actor.demonyms.only_before.is_some() && !office {
        return;
    }
    let entity = reader.add_known(actor);
    let text = found.span.slice(&reader.article.text);
    reader.found.push(Found {
        paragraph: at,
        words: found.words.clone(),
        span: found.span,
        why: format!("'{text}' is an adjective of {entity}."),
        entity,
        kind: MentionKind::Name,
    });
}
