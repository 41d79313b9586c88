use super::{PAST, Scheme, check, name, paragraph, repair};
use crate::{
    grammar::{Pos, Role},
    text::Span,
};

#[test]
fn a_sentence_is_no_noun_with_a_relative_clause() {
    let mut read = paragraph(&[
        ("ally", Pos::Noun, 0, Role::Root),
        ("Holm", Pos::Propn, 2, Role::Subject),
        ("travelled", Pos::Verb, 0, Role::RelativeClause),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 2, None, Role::Root);
    check(&read, 0, Some(2), Role::Subject);
    check(&read, 1, Some(0), Role::Apposition);
}

#[test]
fn a_speaker_after_a_comma_is_no_member_of_the_last_noun() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 1, Role::Subject),
        ("left", Pos::Verb, 1, Role::Root),
        ("Vestia", Pos::Propn, 1, Role::Object),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("Holm", Pos::Propn, 2, Role::Conjunct),
        (",", Pos::Punct, 4, Role::Punctuation),
        ("envoy", Pos::Noun, 4, Role::Apposition),
        (",", Pos::Punct, 1, Role::Punctuation),
        ("said", Pos::Verb, 1, Role::Conjunct),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 4, Some(8), Role::Subject);
    check(&read, 1, Some(8), Role::Content);
    check(&read, 8, None, Role::Root);
    check(&read, 6, Some(4), Role::Apposition);
}

#[test]
fn a_main_verb_is_no_relative_clause_of_its_subject() {
    let mut read = paragraph(&[
        ("Unesco", Pos::Propn, 0, Role::Root),
        ("named", Pos::Verb, 0, Role::RelativeClause),
        ("Holm", Pos::Propn, 1, Role::Object),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, None, Role::Root);
    check(&read, 0, Some(1), Role::Subject);
}

#[test]
fn a_subject_after_a_fronted_phrase_is_no_apposition_within_it() {
    let mut read = paragraph(&[
        ("talks", Pos::Noun, 4, Role::Oblique),
        ("Ek", Pos::Propn, 0, Role::Oblique),
        (",", Pos::Punct, 1, Role::Punctuation),
        ("Holm", Pos::Propn, 1, Role::Apposition),
        ("praised", Pos::Verb, 4, Role::Root),
        ("Vestia", Pos::Propn, 4, Role::Object),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 3, Some(4), Role::Subject);
    check(&read, 1, Some(0), Role::Oblique);
}

#[test]
fn a_list_before_the_last_comma_keeps_its_members() {
    let mut read = paragraph(&[
        ("talks", Pos::Noun, 8, Role::Oblique),
        ("Ostland", Pos::Propn, 0, Role::Oblique),
        (",", Pos::Punct, 1, Role::Punctuation),
        ("Vestia", Pos::Propn, 1, Role::Conjunct),
        ("and", Pos::Cconj, 3, Role::Coordinator),
        ("Sudia", Pos::Propn, 3, Role::Conjunct),
        (",", Pos::Punct, 5, Role::Punctuation),
        ("Holm", Pos::Propn, 5, Role::Conjunct),
        ("spoke", Pos::Verb, 8, Role::Root),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 7, Some(8), Role::Subject);
    check(&read, 3, Some(1), Role::Conjunct);
}

#[test]
fn a_passive_participle_before_its_sentence_tells_of_the_subject() {
    let mut read = paragraph(&[
        ("Accused", Pos::Verb, 4, Role::AdverbialClause),
        ("Ek", Pos::Propn, 0, Role::Agent),
        (",", Pos::Punct, 4, Role::Punctuation),
        ("Holm", Pos::Propn, 4, Role::Subject),
        ("resigned", Pos::Verb, 4, Role::Root),
    ]);
    PAST.clone_into(&mut read.words[0].features);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 0, Some(3), Role::NounClause);
}

#[test]
fn a_prefix_hangs_on_its_word() {
    let mut read = paragraph(&[
        ("Holm", Pos::Propn, 2, Role::PassiveSubject),
        ("was", Pos::Aux, 2, Role::PassiveAuxiliary),
        ("re", Pos::Verb, 2, Role::Root),
        ("-", Pos::Verb, 2, Role::Punctuation),
        ("elected", Pos::Verb, 2, Role::AdverbialClause),
    ]);
    let start = read.words[2].span.start;
    read.words[3].span = Span::new(start + 2, start + 3);
    read.words[4].span = Span::new(start + 3, start + 10);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 4, None, Role::Root);
    check(&read, 0, Some(4), Role::PassiveSubject);
    check(&read, 2, Some(4), Role::Compound);
    assert_eq!(read.words[4].lemma, "re-elected");
}

#[test]
fn a_past_form_with_an_object_is_no_participle_of_its_subject() {
    let mut read = paragraph(&[
        ("Holm", Pos::Propn, 0, Role::Root),
        ("called", Pos::Verb, 0, Role::NounClause),
        ("Ek", Pos::Propn, 1, Role::Object),
    ]);
    PAST.clone_into(&mut read.words[1].features);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, None, Role::Root);
    check(&read, 0, Some(1), Role::Subject);
}

#[test]
fn a_verb_between_name_and_object_is_no_participle_of_the_object() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 0, Role::Root),
        ("imposed", Pos::Verb, 2, Role::Adjective),
        ("sanctions", Pos::Noun, 0, Role::Object),
    ]);
    PAST.clone_into(&mut read.words[1].features);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, None, Role::Root);
    check(&read, 0, Some(1), Role::Subject);
    check(&read, 2, Some(1), Role::Object);
}

#[test]
fn what_stands_before_an_inserted_speaker_is_the_subject_of_what_is_said() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 2, Role::Subject),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("said", Pos::Verb, 2, Role::Root),
        ("Holm", Pos::Propn, 2, Role::Subject),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("left", Pos::Verb, 2, Role::Content),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 0, Some(5), Role::Subject);
    check(&read, 3, Some(2), Role::Subject);
}

#[test]
fn a_name_before_the_predicate_is_the_object() {
    let mut read = paragraph(&[
        ("Ek", Pos::Propn, 1, Role::Subject),
        ("named", Pos::Verb, 1, Role::Root),
        ("Anna", Pos::Propn, 3, Role::Compound),
        ("Holm", Pos::Propn, 4, Role::Compound),
        ("minister", Pos::Noun, 1, Role::Attribute),
    ]);
    read.names.push(name(2..4, "PERSON"));
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 3, Some(1), Role::Object);
}

#[test]
fn a_name_before_a_second_phrase_is_a_second_object() {
    let mut read = paragraph(&[
        ("Lund", Pos::Propn, 1, Role::Subject),
        ("met", Pos::Verb, 1, Role::Root),
        ("Holm", Pos::Propn, 1, Role::Object),
        ("Vik", Pos::Propn, 1, Role::Oblique),
        ("and", Pos::Cconj, 3, Role::Coordinator),
        ("Ek", Pos::Propn, 3, Role::Conjunct),
        ("Sund", Pos::Propn, 1, Role::Oblique),
    ]);
    read.words[3].marker = Some("in".to_owned());
    read.words[6].marker = Some("in".to_owned());
    read.names
        .extend([name(2..3, "PERSON"), name(5..6, "PERSON")]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 5, Some(2), Role::Conjunct);
}

#[test]
fn a_participle_between_commas_is_no_main_verb() {
    let mut read = paragraph(&[
        ("Holm", Pos::Propn, 2, Role::Subject),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("awarded", Pos::Verb, 2, Role::Root),
        ("prize", Pos::Noun, 2, Role::Object),
        (",", Pos::Punct, 2, Role::Punctuation),
        ("left", Pos::Verb, 2, Role::Conjunct),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 5, None, Role::Root);
    check(&read, 0, Some(5), Role::Subject);
    check(&read, 2, Some(0), Role::NounClause);
}

#[test]
fn a_verb_with_a_subject_is_no_participle_of_its_object() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 1, Role::Subject),
        ("threatened", Pos::Verb, 2, Role::Adjective),
        ("Vestia", Pos::Propn, 2, Role::Root),
    ]);
    PAST.clone_into(&mut read.words[1].features);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, None, Role::Root);
    check(&read, 2, Some(1), Role::Object);
}

#[test]
fn a_subject_behind_a_date_is_no_part_of_it() {
    let mut read = paragraph(&[
        ("On", Pos::Adp, 2, Role::Case),
        ("Monday", Pos::Propn, 2, Role::Compound),
        ("Ostland", Pos::Propn, 3, Role::Oblique),
        ("praised", Pos::Verb, 3, Role::Root),
    ]);
    read.names.push(name(1..2, "DATE"));
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 1, Some(3), Role::Oblique);
    check(&read, 2, Some(3), Role::Subject);
    check(&read, 0, Some(1), Role::Case);
}

#[test]
fn a_perfect_gerund_is_no_adjective_of_its_object() {
    let mut read = paragraph(&[
        ("Ostland", Pos::Propn, 1, Role::Subject),
        ("denied", Pos::Verb, 1, Role::Root),
        ("having", Pos::Aux, 3, Role::Auxiliary),
        ("supplied", Pos::Verb, 4, Role::Adjective),
        ("arms", Pos::Noun, 1, Role::Object),
        ("Vestia", Pos::Propn, 1, Role::Oblique),
    ]);
    repair(&mut read, Scheme::ClearNlp);
    check(&read, 3, Some(1), Role::OpenContent);
    check(&read, 4, Some(3), Role::Object);
    check(&read, 5, Some(3), Role::Oblique);
}
