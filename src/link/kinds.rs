//! What the words around a name and the name's own words tell: what kind it is, whether it is a name of its own
//! although a known one lies in it, where it ends.

use std::ops::Range;

use super::{
    Reader,
    beside::{described, is_object, taken, titled},
    matching::Match,
    shapes::capital,
    words::{holds, is_she},
};
use crate::{
    grammar::{Pos, Role},
    text::Span,
};

pub(super) fn seen_as_place(reader: &Reader, at: usize, words: Range<usize>) -> bool {
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
pub(super) fn outweighs(
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
    let state = |&index: &usize| {
        let spellings = &known[index].spellings;
        spellings
            .iter()
            .any(|one| &*actors[one.actor].kind == "State")
    };
    if covered >= words.len() && (inside.len() == 1 || inside.iter().any(state)) {
        return false;
    }
    if inside.len() > 1 {
        // "Donbas Liberation Front", of whose words two are names as well.
        let text = paragraph.span(words.clone()).slice(&reader.article.text);
        let last = words.end - 1;
        let proper = |index: usize| matches!(paragraph.words[index].pos, Pos::Propn | Pos::Part);
        // The last may be a known name as well ("Texas National Guard"), but not a person or place.
        let ends = inside.iter().map(|&index| &known[index].words);
        let mut ends = ends.filter(|known| known.contains(&last));
        return kind != "Person"
            && reader.words.kind_of_name(text).is_some()
            && words.clone().all(proper)
            && ends.all(|known| known.start > words.start && known.len() > 1);
    }
    let found = &known[inside[0]];
    if found.words.start < words.start || found.words.end > words.end {
        return false;
    }
    // "Det internasjonale pengefondet" is the known one with its article.
    let article = found.words.len() > 1
        && found.words == (words.start + 1..words.end)
        && holds(&reader.words.names.articles, &reader.lower(at, words.start));
    if article {
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
        // "Kurdiske PKK" is no person, but "Erik Hamar" is.
        let organised = found.spellings.iter().all(|one| {
            let kind = &*actors[one.actor].kind;
            !matches!(kind, "Person" | "State" | "City" | "Territory" | "Facility")
        });
        // Nor is "Faisal bin Salman" Mohammed.
        let particle =
            |&word: &usize| holds(&reader.words.names.particles, &reader.lower(at, word));
        return if of_person {
            found.words.clone().filter(|word| !particle(word)).count() == 1
        } else {
            !(organised && found.words.end == words.end)
        };
    }
    let head_in_rest = reader
        .words
        .kind_of_name(paragraph.span(words.clone()).slice(&reader.article.text))
        .is_some();
    // "Katanga People's Liberation Army" is not the Chinese one.
    let longer = head_in_rest && found.words.start > words.start && found.words.len() > 1;
    let place = found.spellings.iter().any(|one| {
        matches!(
            &*actors[one.actor].kind,
            "City" | "State" | "Territory" | "Person"
        )
    });
    // "Baghdad airport", but not "a Gaza hospital".
    let cities = found
        .spellings
        .iter()
        .all(|one| &*actors[one.actor].kind == "City");
    let before = words
        .start
        .checked_sub(1)
        .map(|before| reader.lower(at, before));
    let with_tail = (cities || reader.words.norwegian())
        && reader.words.tail_end(paragraph, found.words.end) == words.end
        && !before.is_some_and(|before| matches!(&*before, "a" | "an" | "en" | "et"));
    let capitals = words
        .clone()
        .filter(|index| !found.words.contains(index))
        .all(|index| {
            let word = &paragraph.words[index];
            capital(&word.text)
                || with_tail && index >= found.words.end
                || matches!(word.pos, Pos::Adp | Pos::Det | Pos::Part)
                || word.text == "-"
        });
    // "The ship Arctic Star".
    let introduced = || described(reader, at, words).is_some_and(|told| told == kind);
    capitals
        && (place_of_body
            || !found.words.contains(&(words.end - 1)) && introduced()
            || longer
            || head_in_rest && !found.words.contains(&(words.end - 1))
            || place && words.start < found.words.start && head_in_rest)
}

/// The kind of an unknown name; `None` for what is no actor.
pub(super) fn kind_of(
    reader: &Reader,
    at: usize,
    words: &Range<usize>,
    label: &str,
) -> Option<String> {
    let paragraph = &reader.paragraphs[at];
    let text = paragraph.span(words.clone()).slice(&reader.article.text);
    if !words
        .clone()
        .any(|index| capital(&paragraph.words[index].text))
    {
        return None;
    }
    // "Helse- og omsorgsminister" is a title and nobody's name, as is "Prime Minister" alone.
    let last = &paragraph.words[words.end - 1].text;
    let titles = &reader.words.names.titles;
    if words.len() > 1
        && (!capital(last) && holds(titles, last) || holds(titles, &text.to_lowercase()))
    {
        return None;
    }
    let told = reader.words.kind_of_name(text);
    // "Kari Nordalen" bears a given name, whatever her surname ends in.
    let given = matches!(label, "PERSON" | "PER") && words.len() > 1 && is_she(text).is_some();
    let place = matches!(
        told,
        Some("Territory" | "Facility" | "City" | "Law" | "Event")
    );
    if given && told.is_some() || place && label == "PER" && plain_person(reader, at, words) {
        return Some("Person".to_owned());
    }
    // In English one word tells only of a party ("Moderates").
    let compound = words.len() > 1 || reader.words.norwegian() || told == Some("PoliticalParty");
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
    if let Some(kind) = described(reader, at, words).filter(|_| label != "NORP") {
        return Some(kind.to_owned());
    }
    let names = &reader.words.names;
    let several = (2..=3).contains(&words.len());
    if several && !label.is_empty() && is_object(reader, at, words, &names.caught) {
        return Some("Person".to_owned());
    }
    if taken(reader, at, words, label) {
        return Some("City".to_owned());
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
            let plain = !text.chars().any(char::is_numeric);
            (names && plain && words.len() < 5 && label != "WORK_OF_ART" && label != "PRODUCT")
                .then(|| "Person".to_owned())
        }
        None => None,
    }
}

/// Whether a name looks like that of a person: two or three words with capitals, without a hyphen.
fn plain_person(reader: &Reader, at: usize, words: &Range<usize>) -> bool {
    let written = &reader.paragraphs[at].words[words.clone()];
    let plain = |word: &crate::grammar::Word| {
        word.pos == Pos::Propn && capital(&word.text) && !word.text.contains('-')
    };
    (2..=3).contains(&words.len()) && written.iter().all(plain)
}

/// The span of an unknown name, without a Norwegian genitive ending.
pub(super) fn bare_span(reader: &Reader, at: usize, words: &Range<usize>) -> Span {
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
