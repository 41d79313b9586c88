//! What the unknown names of one document tell of each other.

use super::{
    tests::{article, parsed},
    *,
};
use crate::{document::Lang, grammar::RecognisedName};

/// The mentions of a text whose recogniser saw `names`: (first word, word behind the last, label).
#[track_caller]
fn check(text: &str, grammar: &str, names: &[(usize, usize, &str)], expected: &[&str]) {
    let mut paragraph = parsed(text, grammar);
    paragraph.names = names
        .iter()
        .map(|&(start, end, label)| RecognisedName {
            words: start..end,
            label: label.to_owned(),
        })
        .collect();
    let article = article(text, Lang::En);
    let ontology = Ontology::default();
    let linked = link(&article, &[paragraph], Gazetteer::embedded(), &ontology);
    let found: Vec<String> = linked
        .mentions
        .iter()
        .map(|one| {
            let entity = linked
                .entities
                .iter()
                .find(|entity| entity.id == one.entity);
            let kind = entity.map_or("", |entity| &entity.kind);
            format!("{} = {} {kind}", one.span.slice(text), one.entity)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_place_whose_last_word_is_a_persons_short_name_is_a_person() {
    check(
        "Nobody knew Edna Falkholt . Later Falkholt resigned .",
        "Nobody|N|s|1 knew|V|| Edna|PN|comp|3 Falkholt|PN|o|1 .|.||1 Later|A||7 Falkholt|PN|s|7 resigned|V|| .|.||7",
        &[(2, 4, "GPE"), (6, 7, "PERSON")],
        &[
            "Edna Falkholt = edna-falkholt Person",
            "Falkholt = edna-falkholt Person",
        ],
    );
}

#[test]
fn a_persons_name_begins_behind_the_country() {
    check(
        "The envoy to Norway Anna Falkholt resigned .",
        "The|D||1 envoy|N|s|6 to|I||3 Norway|PN|comp|5 Anna|PN|comp|5 Falkholt|PN|obl|1 resigned|V|| .|.||6",
        &[(3, 6, "PERSON")],
        &[
            "Norway = norway State",
            "Anna Falkholt = anna-falkholt Person",
        ],
    );
}

#[test]
fn a_common_word_at_the_start_of_a_sentence_is_no_part_of_a_name() {
    check(
        "Sleepless Anna Falkholt resigned . Nobody knew Anna Falkholt .",
        "Sleepless|A|adj|2 Anna|PN|comp|2 Falkholt|PN|s|3 resigned|V|| .|.||3 Nobody|N|s|6 knew|V|| Anna|PN|comp|8 Falkholt|PN|o|6 .|.||6",
        &[(0, 3, "PERSON"), (7, 9, "PERSON")],
        &[
            "Anna Falkholt = anna-falkholt Person",
            "Anna Falkholt = anna-falkholt Person",
        ],
    );
}

#[test]
fn names_that_the_grammar_joins_are_one() {
    check(
        "Nobody knew Anna Berit Falkholt .",
        "Nobody|N|s|1 knew|V|| Anna|PN|comp|4 Berit|PN|comp|4 Falkholt|PN|o|1 .|.||1",
        &[(2, 4, "PERSON"), (4, 5, "PERSON")],
        &["Anna Berit Falkholt = anna-berit-falkholt Person"],
    );
}

#[test]
fn two_places_that_the_grammar_joins_are_a_person() {
    check(
        "Valda Paris resigned .",
        "Valda|PN|comp|1 Paris|PN|s|2 resigned|V|| .|.||2",
        &[(0, 1, "GPE"), (1, 2, "GPE")],
        &["Valda Paris = valda-paris Person"],
    );
}

#[test]
fn short_forms_of_a_short_form_are_those_of_the_whole() {
    check(
        "Nobody knew Carl Mendal Rivera . Mendal Rivera resigned . Rivera left .",
        "Nobody|N|s|1 knew|V|| Carl|PN|comp|4 Mendal|PN|comp|4 Rivera|PN|o|1 .|.||1 Mendal|PN|comp|7 Rivera|PN|s|8 resigned|V|| .|.||8 Rivera|PN|s|11 left|V|| .|.||11",
        &[(2, 5, "PERSON"), (6, 8, "PERSON"), (10, 11, "PERSON")],
        &[
            "Carl Mendal Rivera = carl-mendal-rivera Person",
            "Mendal Rivera = carl-mendal-rivera Person",
            "Rivera = carl-mendal-rivera Person",
        ],
    );
}

#[test]
fn particles_make_no_name_longer() {
    check(
        "Nobody knew Faisan bin Salman .",
        "Nobody|N|s|1 knew|V|| Faisan|PN|comp|4 bin|PN|comp|4 Salman|PN|o|1 .|.||1",
        &[(2, 5, "PERSON")],
        &["Faisan bin Salman = faisan-bin-salman Person"],
    );
}

#[test]
fn a_front_without_its_country_is_the_same() {
    check(
        "Nobody knew Dawn Front of Aria . Dawn Front left .",
        "Nobody|N|s|1 knew|V|| Dawn|PN|comp|3 Front|PN|o|1 of|I||5 Aria|PN|obl|3 .|.||1 Dawn|PN|comp|8 Front|PN|s|9 left|V|| .|.||9",
        &[(2, 6, "ORG"), (7, 9, "ORG")],
        &[
            "Dawn Front of Aria = dawn-front-of-aria ArmedGroup",
            "Dawn Front = dawn-front-of-aria ArmedGroup",
        ],
    );
}

#[test]
fn a_town_that_is_somebodys_surname_is_the_person() {
    check(
        "Nobody knew Jens Paris . Paris left . Nobody lived in Paris .",
        "Nobody|N|s|1 knew|V|| Jens|PN|comp|3 Paris|PN|o|1 .|.||1 Paris|PN|s|6 left|V|| .|.||6 Nobody|N|s|9 lived|V|| in|I||11 Paris|PN|obl:in|9 .|.||9",
        &[(2, 4, "PERSON")],
        &[
            "Jens Paris = jens-paris Person",
            "Paris = jens-paris Person",
            "Paris = paris City",
        ],
    );
}

#[test]
fn a_word_that_the_document_writes_small_is_no_part_of_a_name() {
    check(
        "Sleepless Anna Falkholt resigned . Nobody knew Anna Falkholt sleepless .",
        "Sleepless|PN|comp|2 Anna|PN|comp|2 Falkholt|PN|s|3 resigned|V|| .|.||3 Nobody|N|s|6 knew|V|| Anna|PN|comp|8 Falkholt|PN|o|6 sleepless|A||6 .|.||6",
        &[(0, 3, "PERSON"), (7, 9, "PERSON")],
        &[
            "Anna Falkholt = anna-falkholt Person",
            "Anna Falkholt = anna-falkholt Person",
        ],
    );
}

#[test]
fn a_name_that_holds_an_acronym_is_not_what_it_is_short_for() {
    check(
        "Nobody knew DWC Commissioners . DWC left .",
        "Nobody|N|s|1 knew|V|| DWC|PN|comp|3 Commissioners|PN|o|1 .|.||1 DWC|PN|s|6 left|V|| .|.||6",
        &[(2, 4, "ORG"), (5, 6, "ORG")],
        &[
            "DWC Commissioners = dwc-commissioners Organization",
            "DWC = dwc Organization",
        ],
    );
}

#[test]
fn an_acronym_that_only_one_name_can_have_is_that_name() {
    check(
        "Nobody knew Dawn Works . DW left .",
        "Nobody|N|s|1 knew|V|| Dawn|PN|comp|3 Works|PN|o|1 .|.||1 DW|PN|s|6 left|V|| .|.||6",
        &[(2, 4, "ORG"), (5, 6, "ORG")],
        &[
            "Dawn Works = dawn-works Organization",
            "DW = dawn-works Organization",
        ],
    );
}
