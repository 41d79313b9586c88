//! Pronouns that the sentence itself settles, on sentences of our own.

use super::tests_references::linked;
use crate::document::Lang;

#[track_caller]
fn check(text: &str, grammar: &str, expected: &[&str]) {
    assert_eq!(linked(Lang::En, text, grammar, None), expected);
}

#[test]
fn its_inside_another_subject_is_who_the_sentence_named() {
    check(
        "Hamas waited . Rockets hit Peru after its army left .",
        "Hamas|PN|s|1 waited|V|r|- . Rockets|N|s|4 hit|V|r|- Peru|PN|o|4 after|X|m|9 its|P|poss|8 army|N|s|9 left|V|adv|4 .",
        &["its army = peru-army", "its = peru"],
    );
}

#[test]
fn they_are_not_whom_their_verb_names() {
    check(
        "Hamas waited . They helped Hamas .",
        "Hamas|PN|s|1 waited|V|r|- . They|P|s|4 helped|V|r|- Hamas|PN|o|4 .",
        &[],
    );
    check(
        "Hamas waited . They helped Peru .",
        "Hamas|PN|s|1 waited|V|r|- . They|P|s|4 helped|V|r|- Peru|PN|o|4 .",
        &["They = hamas"],
    );
}

#[test]
fn he_who_is_said_to_do_something_is_who_says_so() {
    let jon = "Jon|PN|comp|1 Holm|PN|s|2 met|V|r|- Ole|PN|comp|4 Berg|PN|o|2";
    check(
        "Jon Holm met Ole Berg who told Holm he left .",
        &format!("{jon} who|P|s|6 told|V|relcl|4 Holm|PN|o|6 he|P|s|9 left|V|con|6 ."),
        &["he = ole-berg"],
    );
}
