//! Readings made by hand, to store.

use std::collections::BTreeMap;

use kilde::{
    claim::{Argument, Claim, Entity, Mention, MentionKind, Modality, Polarity, Reading},
    document::{Article, Lang, Metadata},
    ontology::Ontology,
    resolve::resolve,
    text::Span,
};

/// An article without claims.
pub(crate) fn article(id: &str, text: &str) -> Article {
    Article {
        id: id.to_owned(),
        lang: Lang::En,
        text: text.to_owned(),
        paragraphs: Vec::new(),
        set_aside: Vec::new(),
        meta: Metadata {
            title: Some("A \"title\"\nin two lines".to_owned()),
            date: "2024-02-03".parse().ok(),
            publisher: Some("Kaupang Post".to_owned()),
            url: Some("https://post.example/1?a=b c".to_owned()),
        },
        mentions: None,
        extra: BTreeMap::from([
            ("author".to_owned(), "Å: B".to_owned()),
            ("odd: 100%".to_owned(), String::new()),
        ]),
    }
}

pub(crate) fn entity(id: &str, kind: &str, label: &str) -> Entity {
    Entity {
        id: id.into(),
        kind: kind.into(),
        labels: BTreeMap::from([
            ("ar".to_owned(), "نورلاند".to_owned()),
            ("en".to_owned(), label.to_owned()),
        ]),
        aliases: BTreeMap::from([(
            "en".to_owned(),
            vec![format!("New {label}"), format!("the {label}")],
        )]),
        wikidata: Some(format!("Q{}", id.len())),
        known: true,
    }
}

/// The `nth` occurrence of `words` in `text`, standing for the entity.
pub(crate) fn argument(text: &str, id: &str, words: &str, nth: usize) -> Argument {
    let (start, _) = text.match_indices(words).nth(nth).unwrap();
    Argument {
        entity: id.into(),
        span: Span::new(start, start + words.len()),
    }
}

pub(crate) fn claim(relation: &str, subject: Argument, object: Argument) -> Claim {
    let ontology = Ontology::embedded();
    let broadest = ontology
        .relation(relation)
        .and_then(|one| ontology.with_broader(one).last());
    let event = broadest.filter(|one| one.event).map(|one| one.code.clone());
    Claim {
        id: String::new(),
        evidence: subject.span.cover(object.span),
        subject,
        relation: relation.into(),
        object,
        act: "do so".to_owned(),
        event,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        speaker: None,
        via: Vec::new(),
        date: None,
        place: None,
        rule: "en/test".into(),
        confidence: 0.9,
        because: Vec::new(),
        event_id: None,
    }
}

/// A reading of an article: its claims resolved, a mention for each argument.
pub(crate) fn reading(article: Article, entities: Vec<Entity>, claims: Vec<Claim>) -> Reading {
    let (claims, rejected) = resolve(claims, &entities, &article, Ontology::embedded());
    assert_eq!(rejected, []);
    let mut mentions: Vec<Mention> = claims
        .iter()
        .flat_map(|claim| [&claim.subject, &claim.object])
        .map(|argument| Mention {
            span: argument.span,
            entity: argument.entity.clone(),
            kind: MentionKind::Name,
            why: "A name of the gazetteer.".to_owned(),
        })
        .collect();
    mentions.sort_by(|one, other| (one.span, &one.entity).cmp(&(other.span, &other.entity)));
    mentions.dedup();
    Reading {
        article,
        entities,
        mentions,
        claims,
        rejected: Vec::new(),
    }
}

const RICH: &str = "Norland 🇳🇴 and Vestia signed the Kaupang Accord in Kaupang, minister Ådne Berg told Radio Sør. \
                    \"Vestia may attack Norland\u{2028}in May\", he said.\n\nVestia\tdenied it.\\ \u{1}\u{85}";

/// A reading in which everything occurs that can be stored: emoji before offsets, every attribute, speakers in a
/// chain, two actors behind the same words, odd characters, ids that are no slugs.
pub(crate) fn rich() -> Reading {
    let mut entities = vec![
        entity("a b/<c>", "Agreement", "Kaupang Accord"),
        entity("berg", "Person", "Ådne Berg"),
        entity("kaupang", "City", "Kaupang"),
        entity("norland", "State", "Norland"),
        entity("radio-sor", "MediaOrganization", "Radio Sør"),
        entity("vestia", "State", "Vestia"),
    ];
    entities[2].known = false;
    entities[2].wikidata = None;
    entities[2].aliases = BTreeMap::new();
    let at = |id, words, nth| argument(RICH, id, words, nth);
    let mut signed = claim(
        "AGREE",
        at("norland", "Norland", 0),
        at("vestia", "Vestia", 0),
    );
    signed.date = "2024-02".parse().ok();
    signed.place = Some(at("kaupang", "Kaupang", 1));
    signed.speaker = Some(at("berg", "Ådne Berg", 0));
    signed.via = vec![
        at("vestia", "Vestia", 0),
        at("radio-sor", "Radio Sør", 0),
        at("norland", "Norland", 0),
    ];
    signed.because = vec![
        "It is told as fact.".to_owned(),
        "A \"quoted\" reason.".to_owned(),
    ];
    signed.confidence = 0.123_456;
    let both = "Norland 🇳🇴 and Vestia";
    let accord = |id| {
        claim(
            "AGREE",
            at(id, both, 0),
            at("a b/<c>", "the Kaupang Accord", 0),
        )
    };
    let mut threat = claim(
        "BOMB",
        at("vestia", "Vestia", 1),
        at("norland", "Norland", 1),
    );
    threat.modality = Modality::Possible;
    threat.event = Some("THREATEN".into());
    threat.speaker = Some(at("berg", "he said", 0));
    let mut denial = threat.clone();
    denial.polarity = Polarity::Negative;
    denial.date = "2024".parse().ok();
    let seat = claim(
        "LOCATED_IN",
        at("vestia", "Vestia", 0),
        at("kaupang", "Kaupang", 1),
    );
    let mut reading = reading(
        article("rich", RICH),
        entities,
        vec![
            signed,
            accord("norland"),
            accord("vestia"),
            threat,
            denial,
            seat,
        ],
    );
    reading.mentions[0].kind = MentionKind::Nominal;
    reading
}

/// A short reading: `subject` does something to `object`, a state each.
pub(crate) fn short(id: &str, subject: &str, relation: &str, object: &str) -> Reading {
    let text = format!("In {id}, {subject} dealt with {object}.");
    let entities = if subject < object {
        [subject, object]
    } else {
        [object, subject]
    };
    let claims = vec![claim(
        relation,
        argument(&text, subject, subject, 0),
        argument(&text, object, object, 0),
    )];
    let entities = entities.map(|id| entity(id, "State", id)).to_vec();
    reading(article(id, &text), entities, claims)
}
