//! One test for each thing that is checked, on claims made by hand.

use super::*;
use crate::{
    claim::{Argument, Modality, Polarity},
    document::{Lang, Metadata},
    text::Span,
};

const TEXT: &str = "Norland's minister Ådne Berg met Vestia in Kaupang. Later Norland and Vestia attacked the Grey League. \
                    Vestia met Norland again, Radio Sør said.";

fn article() -> Article {
    Article {
        id: "a".to_owned(),
        lang: Lang::En,
        text: TEXT.to_owned(),
        paragraphs: vec![Span::new(0, TEXT.len())],
        set_aside: Vec::new(),
        meta: Metadata::default(),
        mentions: None,
        extra: BTreeMap::new(),
    }
}

fn entities() -> Vec<Entity> {
    let kinds = [
        ("berg", "Person"),
        ("grey-league", "ArmedGroup"),
        ("kaupang", "City"),
        ("norland", "State"),
        ("odd", "Spaceship"),
        ("radio-sor", "MediaOrganization"),
        ("vestia", "State"),
    ];
    let entity = |(id, kind): (&str, &str)| Entity {
        id: id.into(),
        kind: kind.into(),
        labels: BTreeMap::from([("en".to_owned(), id.to_owned())]),
        aliases: BTreeMap::new(),
        wikidata: None,
        known: false,
    };
    kinds.into_iter().map(entity).collect()
}

/// The `nth` occurrence of `words`.
fn span(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    Span::new(start, start + words.len())
}

fn argument(id: &str, words: &str, nth: usize) -> Argument {
    Argument {
        entity: id.into(),
        span: span(words, nth),
    }
}

/// Norland and Vestia attack the Grey League: a sound claim.
fn attack(subject: &str, words: &str, nth: usize) -> Claim {
    Claim {
        id: String::new(),
        subject: argument(subject, words, nth),
        relation: "ASSAULT".into(),
        object: argument("grey-league", "Grey League", 0),
        act: "attack".to_owned(),
        event: Some("ASSAULT".into()),
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        speaker: None,
        via: Vec::new(),
        date: None,
        place: None,
        evidence: span("Norland and Vestia attacked the Grey League", 0),
        rule: "en/assault/attack".into(),
        confidence: 0.9,
        because: Vec::new(),
        event_id: None,
    }
}

/// Vestia and Norland meet: a sound claim of a symmetric relation, in the third sentence.
fn meeting() -> Claim {
    Claim {
        subject: argument("vestia", "Vestia", 2),
        relation: "CONSULT".into(),
        object: argument("norland", "Norland", 2),
        event: Some("CONSULT".into()),
        evidence: span("Vestia met Norland again", 0),
        rule: "en/consult/meet".into(),
        ..attack("vestia", "Vestia", 1)
    }
}

fn run(claims: Vec<Claim>) -> (Vec<Claim>, Vec<String>) {
    let (claims, rejected) = resolve(claims, &entities(), &article(), Ontology::embedded());
    (claims, rejected.into_iter().map(|one| one.reason).collect())
}

#[track_caller]
fn check_rejected(change: impl FnOnce(&mut Claim), reason: &str) {
    let mut claim = attack("norland", "Norland", 1);
    change(&mut claim);
    assert_eq!(run(vec![claim]), (Vec::new(), vec![reason.to_owned()]));
}

#[test]
fn a_sound_claim_stays_and_is_named() {
    let (claims, rejected) = run(vec![attack("norland", "Norland", 1)]);
    assert_eq!(rejected, Vec::<String>::new());
    assert_eq!(claims[0].id.len(), 32);
    assert!(claims[0].event_id.is_some());
}

#[test]
fn relations_are_the_ontologys() {
    check_rejected(
        |one| one.relation = "ATTACK".into(),
        "The ontology has no relation ATTACK.",
    );
}

#[test]
fn subjects_and_objects_are_of_types_that_fit() {
    check_rejected(
        |one| one.subject.entity = "kaupang".into(),
        "ASSAULT admits no City as its subject, only Actor.",
    );
    check_rejected(
        |one| {
            one.relation = "APPOINTS".into();
            one.event = None;
        },
        "APPOINTS admits no ArmedGroup as its object, only Person.",
    );
    check_rejected(
        |one| one.object.entity = "odd".into(),
        "The type of the object, Spaceship, is none of the ontology's.",
    );
}

#[test]
fn nobody_acts_on_themselves() {
    check_rejected(
        |one| one.subject.entity = "grey-league".into(),
        "Subject and object are both grey-league.",
    );
}

#[test]
fn evidence_is_a_stretch_of_the_text() {
    let reason = "The evidence is no stretch of the text.";
    check_rejected(|one| one.evidence = Span::new(0, 9_999), reason);
    check_rejected(|one| one.evidence = Span::new(4, 4), reason);
    check_rejected(|one| one.evidence = Span::new(9, 2), reason);
    let inside = TEXT.find('Å').unwrap() + 1;
    check_rejected(|one| one.evidence = Span::new(inside, inside + 9), reason);
}

#[test]
fn arguments_touch_the_evidence() {
    check_rejected(
        |one| one.subject.span = span("Norland", 0),
        "The words of the subject lie outside the evidence.",
    );
    check_rejected(
        |one| one.object.span = span("Vestia", 2),
        "The words of the object lie outside the evidence.",
    );
    // Words that the evidence ends at touch it.
    let mut claim = attack("norland", "Norland", 1);
    claim.evidence = Span::new(claim.subject.span.end, claim.object.span.start);
    assert_eq!(run(vec![claim]).1, Vec::<String>::new());
}

#[test]
fn arguments_are_words_and_entities() {
    check_rejected(
        |one| {
            one.speaker = Some(Argument {
                entity: "berg".into(),
                span: Span::new(3, 3),
            });
        },
        "The words of the speaker are no stretch of the text.",
    );
    check_rejected(
        |one| one.place = Some(argument("atlantis", "Kaupang", 0)),
        "The place, atlantis, is none of the article's entities.",
    );
    check_rejected(
        |one| one.via = vec![argument("nobody", "Radio", 0)],
        "The further speaker, nobody, is none of the article's entities.",
    );
}

#[test]
fn events_and_confidence_make_sense() {
    check_rejected(
        |one| one.event = Some("LEADS".into()),
        "LEADS is no event type.",
    );
    check_rejected(
        |one| one.event = Some("KILL".into()),
        "KILL is no event type.",
    );
    check_rejected(
        |one| one.confidence = 1.5,
        "The confidence, 1.5, does not lie between 0 and 1.",
    );
    check_rejected(
        |one| one.confidence = f64::NAN,
        "The confidence, NaN, does not lie between 0 and 1.",
    );
}

#[test]
fn the_surest_of_equal_claims_stays() {
    let sure = attack("norland", "Norland", 1);
    let mut unsure = sure.clone();
    unsure.confidence = 0.6;
    unsure.rule = "en/assault/other".into();
    let (claims, rejected) = run(vec![unsure, sure]);
    assert_eq!(claims.len(), 1);
    assert_eq!(&*claims[0].rule, "en/assault/attack");
    assert_eq!(
        rejected,
        ["The sentence already gives the same claim, by the rule en/assault/attack."]
    );
}

#[test]
fn equally_sure_the_one_that_says_more_stays() {
    let plain = meeting();
    let mut spoken = meeting();
    spoken.speaker = Some(argument("radio-sor", "Radio Sør", 0));
    let (claims, _) = run(vec![plain, spoken]);
    assert_eq!(claims.len(), 1);
    assert!(claims[0].speaker.is_some());
}

#[test]
fn a_symmetric_claim_is_the_same_either_way_round() {
    let one = meeting();
    let mut other = meeting();
    std::mem::swap(&mut other.subject, &mut other.object);
    other.confidence = 0.8;
    assert_eq!(run(vec![one, other]).0.len(), 1);
    let one = attack("norland", "Norland", 1);
    let mut other = one.clone();
    std::mem::swap(&mut other.subject, &mut other.object);
    assert_eq!(run(vec![one, other]).0.len(), 2);
}

#[test]
fn other_sentences_and_other_stances_are_no_duplicates() {
    let first = Claim {
        subject: argument("norland", "Norland", 0),
        object: argument("vestia", "Vestia", 0),
        evidence: span("Norland's minister Ådne Berg met Vestia", 0),
        ..meeting()
    };
    let mut planned = meeting();
    planned.modality = Modality::Planned;
    let mut denied = meeting();
    denied.polarity = Polarity::Negative;
    let (claims, _) = run(vec![meeting(), planned, denied, first]);
    assert_eq!(claims.len(), 4);
    let starts: Vec<usize> = claims.iter().map(|one| one.evidence.start).collect();
    assert!(starts.is_sorted());
}

#[test]
fn the_order_of_arrival_makes_no_difference() {
    let mut claims = vec![
        meeting(),
        attack("norland", "Norland", 1),
        attack("vestia", "Vestia", 1),
        attack("berg", "Norland", 1),
    ];
    let forward = run(claims.clone());
    claims.reverse();
    assert_eq!(run(claims), forward);
    assert_eq!(forward.0.len(), 4);
}

#[test]
fn the_same_words_may_make_two_claims_with_two_names() {
    let (claims, _) = run(vec![
        attack("norland", "Norland and Vestia", 0),
        attack("vestia", "Norland and Vestia", 0),
    ]);
    assert_eq!(claims.len(), 2);
    assert_ne!(claims[0].id, claims[1].id);
}

#[test]
fn names_depend_on_words_and_not_on_actors() {
    let id = |claim: Claim| run(vec![claim]).0[0].id.clone();
    let claim = attack("norland", "Norland", 1);
    let name = id(claim.clone());
    assert_eq!(id(attack("vestia", "Norland", 1)), name);
    let mut other = claim.clone();
    other.rule = "en/other".into();
    other.confidence = 0.7;
    assert_eq!(id(other), name);
    let mut denied = claim.clone();
    denied.polarity = Polarity::Negative;
    let mut spoken = claim.clone();
    spoken.speaker = Some(argument("radio-sor", "Radio Sør", 0));
    let mut finer = claim.clone();
    finer.relation = "BOMB".into();
    let mut wider = claim;
    wider.evidence.end += 1;
    for changed in [denied, spoken, finer, wider] {
        assert_ne!(id(changed), name);
    }
}

#[test]
fn claims_that_tell_one_event_point_to_it() {
    let dated = |date: &str, modality: Modality| {
        let mut claim = meeting();
        claim.date = date.parse().ok();
        claim.modality = modality;
        claim
    };
    let events = |claims: Vec<Claim>| -> Vec<String> {
        run(claims)
            .0
            .into_iter()
            .filter_map(|one| one.event_id)
            .collect()
    };
    let same = events(vec![
        dated("2020", Modality::Asserted),
        dated("2020-05", Modality::Planned),
        dated("", Modality::Possible),
    ]);
    assert_eq!(same.len(), 3);
    assert!(same.iter().all(|one| *one == same[0]), "{same:?}");
    let apart = events(vec![
        dated("2020-04", Modality::Asserted),
        dated("2020-05", Modality::Planned),
    ]);
    assert_ne!(apart[0], apart[1]);
}

#[test]
fn an_event_known_to_the_day_is_named_alike_in_every_document() {
    let event = |date: &str, id: &str| {
        let mut claim = meeting();
        claim.date = date.parse().ok();
        let mut article = article();
        article.id = id.to_owned();
        let known = entities();
        let (claims, _) = resolve(vec![claim], &known, &article, Ontology::embedded());
        claims[0].event_id.clone()
    };
    assert_eq!(event("2020-05-04", "one"), event("2020-05-04", "other"));
    assert_ne!(event("2020-05-04", "one"), event("2020-05-05", "one"));
    assert_ne!(event("2020-05", "one"), event("2020-05", "other"));
    assert_ne!(event("", "one"), event("", "other"));
}

#[test]
fn states_tell_no_event() {
    let mut claim = meeting();
    claim.relation = "ALLIED_WITH".into();
    claim.event = None;
    assert_eq!(run(vec![claim]).0[0].event_id, None);
}

#[test]
fn nothing_panics_on_nonsense() {
    let mut claim = meeting();
    claim.evidence = Span::new(usize::MAX, usize::MAX);
    claim.subject.span = Span::new(usize::MAX - 1, 0);
    let (claims, rejected) = resolve(vec![claim], &[], &article(), &Ontology::default());
    assert_eq!((claims.len(), rejected.len()), (0, 1));
}
