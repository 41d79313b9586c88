use std::collections::BTreeSet;

use super::*;
use crate::{
    document::Lang,
    extract::{frames::Lexicon, tree::in_small_letters},
    grammar::Pos,
    grammar::Word,
    ontology::Ontology,
};

/// Words written apart; "a/DET" and "talks/NOUN" give what the reader asks of the tagger.
fn words(text: &str) -> Vec<Word> {
    let word = |written: &str| {
        let marked = written.rsplit_once('/');
        let marked = marked.filter(|(_, pos)| pos.starts_with(char::is_alphabetic));
        let (text, pos) = marked.unwrap_or((written, ""));
        Word {
            text: text.to_owned(),
            lemma: text.to_lowercase(),
            pos: match pos {
                "DET" => Pos::Det,
                "NOUN" => Pos::Noun,
                "PROPN" => Pos::Propn,
                "AUX" => Pos::Aux,
                _ => Pos::Other,
            },
            features: if pos == "PLUR" {
                "Number=Plur".to_owned()
            } else {
                String::new()
            },
            ..Word::default()
        }
    };
    text.split(' ').map(word).collect()
}

/// The first date that a sentence names, published on Wednesday 8 May 2024 after a text whose last date is 14 March.
fn first(lang: Lang, text: &str, tense: Tense) -> Option<Reading> {
    let lexicon = Lexicon::embedded(Ontology::embedded()).unwrap();
    let words = words(text);
    let reader = Reader {
        words: &words,
        lower: &in_small_letters(&words),
        known: &lexicon.of(lang)?.words.time,
        published: "2024-05-08".parse().ok(),
        last: "2024-03-14".parse().ok(),
        last_day: None,
        tense: &|| tense,
    };
    (0..words.len()).find_map(|at| reader.expression(at))
}

#[track_caller]
fn check(lang: Lang, tense: Tense, cases: &[(&str, &str)]) {
    let mut wrong = BTreeSet::new();
    for (text, expected) in cases {
        let reading = first(lang, text, tense);
        let date = reading.and_then(|reading| reading.date);
        let date = date.map_or_else(|| "none".to_owned(), |date| date.to_string());
        if date != *expected {
            wrong.insert(format!("{text}: {date}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn english_dates_that_name_themselves() {
    check(
        Lang::En,
        Tense::Past,
        &[
            ("on 14 June 2007", "2007-06-14"),
            ("on June 14 , 2007", "2007-06-14"),
            ("on June 14th", "2023-06-14"),
            ("on the/DET 14th of May", "2023-05-14"),
            ("on Oct. 7", "2023-10-07"),
            ("on 2007-06-14", "2007-06-14"),
            ("on 14/06/2007", "2007-06-14"),
            ("on 03/04/2007", "2007"),
            ("in June 2007", "2007-06"),
            ("in April", "2024-04"),
            ("in early May", "2024-05"),
            ("in June last year", "2023-06"),
            ("in 2007", "2007"),
            ("since 2009", "2009"),
            ("in the/DET summer of 2007", "2007"),
            ("the/DET 2012 talks/NOUN", "2012"),
            ("in the/DET 1990s", "none"),
            ("with 2000 soldiers/NOUN", "none"),
            ("it May/AUX rain", "none"),
            ("he may come", "none"),
            ("on 31 June 2007", "none"),
        ],
    );
}

#[test]
fn english_dates_told_by_their_distance() {
    check(
        Lang::En,
        Tense::Past,
        &[
            ("yesterday", "2024-05-07"),
            ("on Monday evening", "2024-05-06"),
            ("on Thursday", "2024-05-02"),
            ("last Wednesday", "2024-05-01"),
            ("last month", "2024-04"),
            ("last year", "2023"),
            ("this week", "2024-05"),
            ("last week", "2024"),
            ("over the/DET last week", "none"),
            ("two days ago", "2024-05-06"),
            ("three months ago", "2024-02"),
            ("a year ago", "2023"),
            ("two days later", "2024-03-16"),
            ("a few days earlier", "2024-03"),
            ("hours/PLUR later", "2024-03-14"),
            ("the same day", "2024-03-14"),
            ("the next day", "2024-03-15"),
            ("the day after the/DET attack/NOUN", "none"),
            ("that year", "2024"),
            ("for two years", "none"),
        ],
    );
    check(
        Lang::En,
        Tense::Future,
        &[
            ("on Monday", "2024-05-13"),
            ("in April", "2025-04"),
            ("next month", "2024-06"),
        ],
    );
    check(
        Lang::En,
        Tense::Unclear,
        &[("on Monday", "none"), ("on 14 June 2007", "2007-06-14")],
    );
}

#[test]
fn norwegian_dates() {
    check(
        Lang::Nb,
        Tense::Past,
        &[
            ("den 14. juni 2007", "2007-06-14"),
            ("14. juni", "2023-06-14"),
            ("14.06.2007", "2007-06-14"),
            ("3.4.2007", "2007-04-03"),
            ("i juni i fjor", "2023-06"),
            ("i 2007", "2007"),
            ("2006-valget", "2006"),
            ("på 1990-tallet", "none"),
            ("sommeren 2014", "2014"),
            ("i går", "2024-05-07"),
            ("natt til fredag", "2024-05-03"),
            ("fredag kveld", "2024-05-03"),
            ("fredagens møte/NOUN", "2024-05-03"),
            ("forrige måned", "2024-04"),
            ("i helgen", "2024-05"),
            ("i fjor høst", "2023"),
            ("for to år siden", "2022"),
            ("for to dager siden", "2024-05-06"),
            ("to dager senere", "2024-03-16"),
            ("noen dager tidligere", "2024-03"),
            ("samme dag", "2024-03-14"),
            ("dagen etter", "2024-03-15"),
            ("dagen etter angrepet/NOUN", "none"),
            ("det siste året", "none"),
        ],
    );
    check(Lang::Nb, Tense::Future, &[("på mandag", "2024-05-13")]);
}

#[track_caller]
fn check_bounds(lang: Lang, text: &str, expected: Bounds, words: usize) {
    let reading = first(lang, text, Tense::Past).unwrap();
    assert_eq!(
        (reading.bounds, reading.words.len()),
        (expected, words),
        "{text}"
    );
}

#[test]
fn what_stands_before_a_date_bounds_it() {
    check_bounds(Lang::En, "in 2007", Bounds::At, 1);
    check_bounds(Lang::En, "since 2007", Bounds::From, 1);
    check_bounds(Lang::En, "from 2007 to 2014", Bounds::From, 3);
    check_bounds(Lang::En, "between May and June", Bounds::From, 3);
    check_bounds(Lang::En, "before Monday", Bounds::Beside, 1);
    check_bounds(Lang::En, "by the/DET end of 2007", Bounds::Beside, 1);
    check_bounds(Lang::Nb, "siden i fjor", Bounds::From, 2);
    check_bounds(Lang::Nb, "innen fredag", Bounds::Beside, 1);
}
