//! Stores with known content: a small world for questions whose answers can be worked out by hand, and crowds of any size
//! for pictures.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use kilde::{
    claim::{Argument, Claim, Entity, Modality, Polarity, Reading},
    ontology::{Ontology, Relation},
    store::Store,
    text::Span,
};

use crate::sample::{article, claim, entity, reading};

/// Who there is: id, type, name in the texts, whether the gazetteer links it to Wikidata.
const PEOPLE: [(&str, &str, &str, bool); 10] = [
    ("accord", "Agreement", "Kaupang Accord", false),
    ("ane-berg", "Person", "Ane Berg", true),
    ("folkefronten", "ArmedGroup", "Folkefronten", false),
    ("kari-dahl", "Person", "Kari Dahl", true),
    ("kaupang", "City", "Kaupang", false),
    ("norland", "State", "Norland", true),
    ("ostland", "State", "Ostland", true),
    ("radio-sor", "MediaOrganization", "Radio Sør", true),
    ("sorland", "Territory", "Sørland", true),
    ("vestia", "State", "Vestia", true),
];

/// Changes a claim; finds the words of whom it needs for that.
type Change = fn(&mut Claim, &dyn Fn(&str) -> Argument);

/// A sentence and what it claims.
struct Said {
    sentence: &'static str,
    claim: [&'static str; 3],
    but: Change,
}

fn said(sentence: &'static str, claim: [&'static str; 3]) -> Said {
    Said {
        sentence,
        claim,
        but: |_, _| {},
    }
}

impl Said {
    fn but(self, but: Change) -> Self {
        Self { but, ..self }
    }
}

/// Three documents in which everything happens that the named queries ask for.
pub(crate) fn world() -> Vec<Reading> {
    let treaty = [
        said(
            "Norland and Vestia signed a treaty in Kaupang, Ane Berg said",
            ["norland", "AGREE", "vestia"],
        )
        .but(|claim, at| {
            claim.speaker = Some(at("ane-berg"));
            claim.place = Some(at("kaupang"));
            claim.date = "2024-03-01".parse().ok();
        }),
        said(
            "Ostland never attacked Vestia, Kari Dahl told Radio Sør",
            ["ostland", "ASSAULT", "vestia"],
        )
        .but(|claim, at| {
            claim.polarity = Polarity::Negative;
            claim.speaker = Some(at("kari-dahl"));
            claim.via = vec![at("radio-sor")];
        }),
        said("Ane Berg leads Norland", ["ane-berg", "LEADS", "norland"]),
        said(
            "Norland will visit Ostland in April",
            ["norland", "VISIT", "ostland"],
        )
        .but(|claim, _| {
            claim.modality = Modality::Planned;
            claim.date = "2024-04".parse().ok();
        }),
        said(
            "Norland agreed to the Kaupang Accord",
            ["norland", "AGREE", "accord"],
        ),
    ];
    let raid = [
        said(
            "Ostland attacked Vestia, Ane Berg said",
            ["ostland", "ASSAULT", "vestia"],
        )
        .but(|claim, at| {
            claim.speaker = Some(at("ane-berg"));
            claim.date = "2024-01-15".parse().ok();
        }),
        said(
            "Ane Berg condemned Ostland",
            ["ane-berg", "CONDEMN", "ostland"],
        ),
        said(
            "Vestia met Norland in Kaupang",
            ["vestia", "CONSULT", "norland"],
        )
        .but(|claim, at| {
            claim.place = Some(at("kaupang"));
            claim.date = "2023".parse().ok();
        }),
        said("Norland met Vestia again", ["norland", "CONSULT", "vestia"]),
        said(
            "Vestia demanded that Ostland leave Sørland",
            ["ostland", "RETREAT", "sorland"],
        )
        .but(|claim, at| {
            claim.modality = Modality::Demanded;
            claim.speaker = Some(at("vestia"));
        }),
        said(
            "Folkefronten may have killed Kari Dahl",
            ["folkefronten", "KILL", "kari-dahl"],
        )
        .but(|claim, _| claim.modality = Modality::Possible),
    ];
    let rumour = [said(
        "Folkefronten helps Ostland",
        ["folkefronten", "AID", "ostland"],
    )
    .but(|claim, _| claim.confidence = 0.3)];
    vec![
        told("treaty", Some("2024-03-02"), &treaty),
        told("raid", Some("2024-02"), &raid),
        told("rumour", None, &rumour),
    ]
}

/// A store in `folder` with these readings.
pub(crate) fn stored(folder: &Path, readings: &[Reading]) -> Store {
    let store = Store::open_or_create(&folder.join("kg"), None).unwrap();
    for reading in readings {
        store.put(reading).unwrap();
    }
    store
}

fn told(id: &str, date: Option<&str>, all: &[Said]) -> Reading {
    let sentences: Vec<&str> = all.iter().map(|said| said.sentence).collect();
    let text = sentences.join(". ") + ". ";
    let mut start = 0;
    let mut claims = Vec::new();
    for said in all {
        let at = |id: &str| {
            let (_, _, name, _) = PEOPLE.iter().find(|(known, ..)| *known == id).unwrap();
            // The agreement is named after the city.
            let offset = start + said.sentence.rfind(name).unwrap();
            Argument {
                entity: id.into(),
                span: Span::new(offset, offset + name.len()),
            }
        };
        let [subject, relation, object] = said.claim;
        let mut one = claim(relation, at(subject), at(object));
        one.evidence = Span::new(start, start + said.sentence.len());
        (said.but)(&mut one, &at);
        claims.push(one);
        start += said.sentence.len() + 2;
    }
    let mut article = article(id, &text);
    article.meta.date = date.and_then(|date| date.parse().ok());
    let entities = PEOPLE.iter().filter(|(_, _, name, _)| text.contains(name));
    let entities = entities.map(|(id, kind, name, linked)| {
        let mut one = entity(id, kind, name);
        one.known = *linked;
        one.labels = BTreeMap::from([
            ("en".to_owned(), (*name).to_owned()),
            ("nb".to_owned(), format!("{name} (nb)")),
        ]);
        one.wikidata = linked.then(|| format!("Q{}", 100 + name.len()));
        one
    });
    reading(article, entities.collect(), claims)
}

/// Names for pictures, of the length and variety that news has.
const CROWD: [(&str, &str); 48] = [
    ("Palestinian Authority", "GovernmentBody"),
    ("Hamas", "PoliticalParty"),
    ("Israel", "State"),
    ("Fatah", "PoliticalParty"),
    ("Egypt", "State"),
    ("Mahmoud Abbas", "Person"),
    ("Ismail Haniyeh", "Person"),
    ("United States", "State"),
    ("Gaza Strip", "Territory"),
    ("Benjamin Netanyahu", "Person"),
    ("Qatar", "State"),
    ("Hezbollah", "ArmedGroup"),
    ("Iran", "State"),
    ("Al-Aqsa Martyrs' Brigades", "ArmedGroup"),
    (
        "United Nations Security Council",
        "InternationalOrganization",
    ),
    ("Israel Defense Forces", "SecurityForce"),
    ("European Union", "InternationalOrganization"),
    ("Saudi Arabia", "State"),
    ("Yahya Sinwar", "Person"),
    ("Rafah", "City"),
    ("Oslo Accords", "Agreement"),
    ("Norway", "State"),
    ("Turkey", "State"),
    ("Islamic Jihad", "ArmedGroup"),
    ("Al Jazeera", "MediaOrganization"),
    ("Ramallah", "City"),
    ("Palestinian Legislative Council", "GovernmentBody"),
    ("Salam Fayyad", "Person"),
    ("Mohammed Dahlan", "Person"),
    ("Preventive Security Force", "SecurityForce"),
    ("West Bank", "Territory"),
    ("UNRWA", "InternationalOrganization"),
    ("Jordan", "State"),
    ("Marwan Barghouti", "Person"),
    ("Khaled Mashal", "Person"),
    ("Cairo", "City"),
    ("Hamas Political Bureau", "Organization"),
    ("Executive Force", "SecurityForce"),
    ("Likud", "PoliticalParty"),
    ("Lebanon", "State"),
    ("Syria", "State"),
    ("Rafah Border Crossing", "Facility"),
    ("Ministry of Health (Gaza)", "GovernmentBody"),
    (
        "Popular Front for the Liberation of Palestine",
        "PoliticalParty",
    ),
    ("Mecca Agreement", "Agreement"),
    ("Arab League", "InternationalOrganization"),
    ("Rami Hamdallah", "Person"),
    ("Beijing", "City"),
];

/// Numbers of two actors, their relation, how often it is told, and how.
type Pair<'a> = (usize, &'a Relation, usize, usize, usize);

/// Made-up claims between `actors` actors, about `edges` edges; the first actors have most of them, as in real news.
pub(crate) fn crowd(actors: usize, edges: usize) -> Vec<Reading> {
    let ontology = Ontology::embedded();
    let people: Vec<(String, &str, String)> = (0..actors)
        .map(|number| {
            let (name, kind) = CROWD[number % CROWD.len()];
            let name = if number < CROWD.len() {
                name.to_owned()
            } else {
                format!("{name} {number}")
            };
            (kilde::text::slug(&name), kind, name)
        })
        .collect();
    let mut dice = Dice(1);
    let relations: Vec<_> = ontology.relations.values().collect();
    let mut pairs = Vec::new();
    let mut seen = BTreeSet::new();
    while pairs.len() < edges {
        let (one, other) = (dice.skewed(actors), dice.below(actors));
        let relation = relations[dice.below(relations.len())];
        let fits = ontology.admits(&relation.domain, people[one].1)
            && ontology.admits(&relation.range, people[other].1);
        if one != other && fits && seen.insert((one, &relation.code, other)) {
            let times = [1, 1, 1, 2, 5][dice.below(5)];
            pairs.push((one, relation, other, times, dice.below(10)));
        }
    }
    let document = |(number, chunk): (usize, &[Pair<'_>])| crowd_document(number, chunk, &people);
    pairs.chunks(25).enumerate().map(document).collect()
}

fn crowd_document(number: usize, pairs: &[Pair<'_>], people: &[(String, &str, String)]) -> Reading {
    let (mut text, mut claims, mut entities) = (String::new(), Vec::new(), BTreeMap::new());
    for &(one, relation, other, times, kind) in pairs {
        for time in 0..times {
            let (subject, object) = (&people[one], &people[other]);
            let start = text.len();
            text += &[&*subject.2, &relation.labels["en"], &object.2].join(" ");
            let end = text.len();
            text += ".\n";
            let argument = |id: &str, start, length| Argument {
                entity: id.into(),
                span: Span::new(start, start + length),
            };
            let mut one = claim(
                &relation.code,
                argument(&subject.0, start, subject.2.len()),
                argument(&object.0, end - object.2.len(), object.2.len()),
            );
            match kind {
                0 => one.modality = Modality::Planned,
                1 if time > 0 => one.polarity = Polarity::Negative,
                _ => {}
            }
            claims.push(one);
            for (id, kind, name) in [subject, object] {
                let labels = BTreeMap::from([("en".to_owned(), name.clone())]);
                let known = Entity {
                    labels,
                    aliases: BTreeMap::new(),
                    wikidata: None,
                    ..entity(id, kind, name)
                };
                entities.insert(id.clone(), known);
            }
        }
    }
    reading(
        article(&format!("report-{number}"), &text),
        entities.into_values().collect(),
        claims,
    )
}

/// Numbers that look random and are the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }

    /// Small numbers more often.
    fn skewed(&mut self, bound: usize) -> usize {
        let below = self.below(bound) + 1;
        self.below(below)
    }
}
