use super::{Scheme, check, name, paragraph, repair};
use crate::grammar::{Pos, Role};

#[test]
fn two_subjects_side_by_side_are_one() {
    let mut read = paragraph(&[
        ("lawyer", Pos::Noun, 3, Role::Subject),
        ("Anna", Pos::Propn, 2, Role::Compound),
        ("Holm", Pos::Propn, 3, Role::Subject),
        ("complained", Pos::Verb, 3, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 0, Some(3), Role::Subject);
    check(&read, 2, Some(0), Role::Apposition);
}

#[test]
fn a_person_after_a_comma_belongs_to_the_office() {
    let mut read = paragraph(&[
        ("head", Pos::Noun, 5, Role::Subject),
        ("Unesco", Pos::Propn, 0, Role::Oblique),
        (",", Pos::Punct, 1, Role::Punctuation),
        ("Holm", Pos::Propn, 1, Role::Apposition),
        (",", Pos::Punct, 0, Role::Punctuation),
        ("spoke", Pos::Verb, 5, Role::Root),
    ]);
    read.names.push(name(3..4, "PERSON"));
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 3, Some(0), Role::Apposition);
}

#[test]
fn a_member_under_a_genitive_is_no_part_of_the_last_name() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 2, Role::Possessor),
        ("'s", Pos::Part, 0, Role::Case),
        ("Holm", Pos::Propn, 6, Role::Compound),
        ("and", Pos::Cconj, 2, Role::Coordinator),
        ("Vestia", Pos::Propn, 2, Role::Conjunct),
        ("'s", Pos::Part, 4, Role::Case),
        ("Ek", Pos::Propn, 7, Role::Subject),
        ("met", Pos::Verb, 7, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 2, Some(7), Role::Subject);
    check(&read, 6, Some(2), Role::Conjunct);
    check(&read, 4, Some(6), Role::Possessor);
}

#[test]
fn a_name_behind_a_closed_apposition_is_joined_to_the_name() {
    let mut read = paragraph(&[
        ("Holm", Pos::Propn, 8, Role::Subject),
        (",", Pos::Punct, 0, Role::Punctuation),
        ("head", Pos::Noun, 0, Role::Apposition),
        ("Unesco", Pos::Propn, 2, Role::Oblique),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("and", Pos::Cconj, 2, Role::Coordinator),
        ("Ek", Pos::Propn, 2, Role::Conjunct),
        (",", Pos::Punct, 6, Role::Punctuation),
        ("met", Pos::Verb, 8, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 6, Some(0), Role::Conjunct);
    check(&read, 5, Some(0), Role::Coordinator);
}

#[test]
fn the_second_of_several_persons_is_a_member() {
    let mut read = paragraph(&[
        ("Holm", Pos::Propn, 5, Role::Subject),
        (",", Pos::Punct, 0, Role::Punctuation),
        ("Ek", Pos::Propn, 0, Role::Apposition),
        ("and", Pos::Cconj, 2, Role::Coordinator),
        ("Lund", Pos::Propn, 2, Role::Conjunct),
        ("met", Pos::Verb, 5, Role::Root),
    ]);
    read.names
        .extend([name(0..1, "PERSON"), name(2..3, "PERSON")]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 2, Some(0), Role::Conjunct);
}

#[test]
fn two_recognised_names_in_one_are_a_body_and_its_head() {
    let mut read = paragraph(&[
        ("Head", Pos::Noun, 4, Role::Subject),
        ("Group", Pos::Propn, 3, Role::Compound),
        ("Anna", Pos::Propn, 3, Role::Compound),
        ("Holm", Pos::Propn, 0, Role::Oblique),
        ("spoke", Pos::Verb, 4, Role::Root),
    ]);
    read.names.extend([name(1..2, "ORG"), name(2..4, "PERSON")]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, Some(0), Role::Oblique);
    check(&read, 3, Some(0), Role::Apposition);
}

#[test]
fn a_noun_before_the_name_that_it_tells_of_is_no_second_subject() {
    let mut read = paragraph(&[
        ("ally", Pos::Noun, 3, Role::Subject),
        (",", Pos::Punct, 3, Role::Punctuation),
        ("Holm", Pos::Propn, 3, Role::Subject),
        ("spoke", Pos::Verb, 3, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 0, Some(3), Role::Subject);
    check(&read, 2, Some(0), Role::Apposition);
}

#[test]
fn a_title_in_the_singular_belongs_to_one_name() {
    let mut read = paragraph(&[
        ("chairman", Pos::Noun, 4, Role::Subject),
        ("Holm", Pos::Propn, 0, Role::Apposition),
        ("and", Pos::Cconj, 1, Role::Coordinator),
        ("Ek", Pos::Propn, 1, Role::Conjunct),
        ("spoke", Pos::Verb, 4, Role::Root),
    ]);
    "Number=Sing".clone_into(&mut read.words[0].features);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 3, Some(0), Role::Conjunct);
    check(&read, 1, Some(0), Role::Apposition);
}

#[test]
fn persons_after_a_closed_list_hold_the_office() {
    let mut read = paragraph(&[
        ("heads", Pos::Noun, 8, Role::Subject),
        ("Ostland", Pos::Propn, 0, Role::Oblique),
        ("and", Pos::Cconj, 1, Role::Coordinator),
        ("Vestia", Pos::Propn, 1, Role::Conjunct),
        (",", Pos::Punct, 1, Role::Punctuation),
        ("Holm", Pos::Propn, 1, Role::Conjunct),
        ("and", Pos::Cconj, 5, Role::Coordinator),
        ("Ek", Pos::Propn, 5, Role::Conjunct),
        ("met", Pos::Verb, 8, Role::Root),
    ]);
    read.names
        .extend([name(5..6, "PERSON"), name(7..8, "PERSON")]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 5, Some(0), Role::Apposition);
    check(&read, 7, Some(5), Role::Conjunct);
}

#[test]
fn a_persons_name_hangs_under_its_last_word() {
    let mut read = paragraph(&[
        ("Anna", Pos::Propn, 3, Role::Subject),
        ("Maria", Pos::Propn, 0, Role::Compound),
        ("Holm", Pos::Propn, 0, Role::Apposition),
        ("spoke", Pos::Verb, 3, Role::Root),
    ]);
    read.names.push(name(0..3, "PERSON"));
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 2, Some(3), Role::Subject);
    check(&read, 0, Some(2), Role::Compound);
}

#[test]
fn a_list_of_names_is_a_chain() {
    let mut read = paragraph(&[
        ("Hol", Pos::Propn, 6, Role::Subject),
        (",", Pos::Punct, 0, Role::Punctuation),
        ("Ek", Pos::Propn, 0, Role::Apposition),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("and", Pos::Cconj, 0, Role::Coordinator),
        ("Lund", Pos::Propn, 6, Role::Subject),
        ("met", Pos::Verb, 6, Role::Root),
    ]);
    read.names.push(name(0..1, "PERSON"));
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 0, Some(6), Role::Subject);
    check(&read, 2, Some(0), Role::Conjunct);
    check(&read, 5, Some(2), Role::Conjunct);
}

#[test]
fn a_place_before_two_subjects_begins_no_list() {
    let mut read = paragraph(&[
        ("Vestia", Pos::Propn, 5, Role::Oblique),
        (",", Pos::Punct, 5, Role::Punctuation),
        ("Ek", Pos::Propn, 5, Role::Subject),
        ("and", Pos::Cconj, 2, Role::Coordinator),
        ("Lund", Pos::Propn, 2, Role::Conjunct),
        ("met", Pos::Verb, 5, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 2, Some(5), Role::Subject);
    check(&read, 0, Some(5), Role::Oblique);
}
