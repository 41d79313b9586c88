//! Tests of the ontology that is part of the program, and of loading others.

use std::{collections::BTreeSet, fs, path::Path, time::Instant};

use oxigraph::model::{NamedOrBlankNode, Term};

use super::*;

fn ontology() -> &'static Ontology {
    Ontology::embedded()
}

#[test]
fn it_loads_quickly() {
    let start = Instant::now();
    let files = OntologyFiles::load(Path::new("ontology")).unwrap();
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
    assert_eq!(&files.ontology, ontology());
    assert_eq!(files.quads, OntologyFiles::embedded().quads);
}

#[test]
fn every_relation_of_the_scheme_is_there() {
    let events = "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION \
                  MOBILIZE COERCE ASSAULT";
    let states = "LEADS OFFICIAL_OF MEMBER_OF PART_OF AFFILIATED_WITH SPEAKS_FOR REPRESENTS GOVERNS RIVAL_OF \
                  ALLIED_WITH LOCATED_IN APPOINTS DISMISSES FOUNDS DEFEATS";
    for code in events.split_whitespace() {
        let relation = ontology().relation(code).unwrap();
        assert!(
            relation.event && relation.quad_class.is_some() && relation.broader.is_none(),
            "{code}"
        );
    }
    for code in states.split_whitespace() {
        let relation = ontology().relation(code).unwrap();
        assert!(!relation.event && relation.quad_class.is_none(), "{code}");
    }
    let symmetric: Vec<&str> = ontology()
        .relations
        .values()
        .filter(|one| one.symmetric)
        .map(|one| &*one.code)
        .collect();
    assert_eq!(
        symmetric,
        ["AGREE", "ALLIED_WITH", "CONSULT", "COOPERATE", "RIVAL_OF"]
    );
}

#[test]
fn relations_and_types_speak_both_languages() {
    let labels = ontology()
        .relations
        .values()
        .map(|one| (&one.code, &one.labels));
    let types = ontology()
        .types
        .values()
        .map(|one| (&one.name, &one.labels));
    for (name, labels) in labels.chain(types) {
        assert!(
            labels.contains_key("en") && labels.contains_key("nb"),
            "{name}"
        );
    }
}

#[test]
fn finer_relations_inherit() {
    let mediate = ontology().relation("MEDIATE").unwrap();
    assert_eq!(mediate.broader.as_deref(), Some("CONSULT"));
    assert_eq!(
        mediate.domain,
        ontology().relation("CONSULT").unwrap().domain
    );
    assert!(!mediate.symmetric);
    let up: Vec<&str> = ontology()
        .with_broader(mediate)
        .map(|one| &*one.property)
        .collect();
    assert_eq!(up, ["mediates", "consultsWith"]);
    assert_eq!(
        ontology().relation_by_property("mediates").unwrap().code,
        mediate.code
    );
}

#[test]
fn types_stand_in_a_tree() {
    assert!(ontology().is_a("PoliticalParty", "Actor"));
    assert!(ontology().is_a("State", "Actor") && ontology().is_a("State", "Place"));
    assert!(ontology().is_a("Territory", "Actor") && ontology().is_a("Territory", "Place"));
    assert!(!ontology().is_a("City", "Actor"));
    let party = &ontology().types["PoliticalParty"];
    let ancestors: Vec<&str> = party.ancestors.iter().map(|one| &**one).collect();
    assert_eq!(ancestors, ["Organization", "Actor", "Entity"]);
}

/// Pairs of types that annotators met, by relation: none may be refused.
#[test]
fn what_annotators_met_is_admitted() {
    let met = "\
AGREE PoliticalParty Agreement|ACCUSE Organization State|ACCUSE Person SecurityForce|AID State SecurityForce
AFFILIATED_WITH GovernmentBody Person|ASSAULT Territory State|ASSAULT State Facility|ASSAULT PoliticalParty City
ASSAULT InternationalOrganization Territory|COERCE State City|COERCE ArmedGroup Facility|COERCE State MediaOrganization
CONCEDE SecurityForce Territory|CONSULT Person Territory|DEFEATS PoliticalParty Event|DEFEATS Person GovernmentBody
DISMISSES SecurityForce PoliticalParty|FOUNDS State MediaOrganization|GOVERNS Person Facility|GOVERNS ArmedGroup City
LEADS State Organization|LEADS Organization GovernmentBody|LEADS Person State|LOCATED_IN Facility Facility
LOCATED_IN PoliticalParty State|MEMBER_OF State InternationalOrganization|MEMBER_OF Person Facility
MEMBER_OF Person State|MOBILIZE Person Territory|OFFICIAL_OF Person Person|PART_OF City Territory
PART_OF Territory State|PART_OF Facility State|REJECT State Event|REJECT Person Agreement|REPRESENTS GovernmentBody State
RETREAT State Territory|SANCTION State Territory|SPEAKS_FOR Person Person|SUPPORT State Agreement
THREATEN State InternationalOrganization|PROTEST ArmedGroup SecurityForce|RIVAL_OF SecurityForce ArmedGroup";
    for line in met.split(['|', '\n']) {
        let [code, subject, object] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let relation = ontology().relation(code).unwrap();
        assert!(ontology().admits(&relation.domain, subject), "{line}");
        assert!(ontology().admits(&relation.range, object), "{line}");
    }
}

#[test]
fn nonsense_is_not_admitted() {
    let refused = [
        ("LEADS", "City", "State"),
        ("APPOINTS", "Person", "City"),
        ("CONSULT", "Person", "Law"),
    ];
    for (code, subject, object) in refused {
        let relation = ontology().relation(code).unwrap();
        let admitted = ontology().admits(&relation.domain, subject)
            && ontology().admits(&relation.range, object);
        assert!(!admitted, "{code} {subject} {object}");
    }
}

#[test]
fn no_triple_stands_in_two_graphs() {
    let mut seen = BTreeSet::new();
    for quad in &OntologyFiles::embedded().quads {
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        assert!(seen.insert(triple.clone()), "{triple}");
    }
    assert!(seen.len() > 1000);
}

#[test]
fn every_term_that_the_program_writes_is_declared() {
    let declared: BTreeSet<&str> = OntologyFiles::embedded()
        .quads
        .iter()
        .filter_map(|quad| match (&quad.subject, &quad.object) {
            (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(_))
                if quad.predicate == vocab::RDF_TYPE =>
            {
                Some(subject.as_str())
            }
            _ => None,
        })
        .collect();
    let source = include_str!("vocab.rs");
    let block = source
        .split("kilde_terms! {\n")
        .nth(1)
        .unwrap()
        .split("\n}")
        .next()
        .unwrap();
    let locals: Vec<&str> = block
        .lines()
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    assert!(locals.len() > 50);
    for local in locals {
        assert!(
            declared.contains(vocab::kilde(local).as_str()),
            "kilde:{local}"
        );
    }
}

#[track_caller]
fn check_refused(change: impl Fn(&str) -> String, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("../../ontology/kilde.ttl");
    let changed = change(text);
    assert_ne!(changed, text);
    fs::write(folder.path().join("kilde.ttl"), changed).unwrap();
    let message = Ontology::load(folder.path()).unwrap_err().to_string();
    let shown = message.replace(&folder.path().display().to_string(), "");
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    check_refused(
        |text| format!("\n{}", text.replacen("@prefix", "@prefx", 1)),
        "/kilde.ttl:6:",
    );
    check_refused(
        |text| text.replace("skos:notation \"AID\" ;\n    rdfs", "rdfs"),
        "the relation kilde:aids needs a code (skos:notation)",
    );
    check_refused(
        |text| {
            text.replace(
                "skos:notation \"AID\" ;\n    rdfs",
                "skos:notation \"AGREE\" ;\n    rdfs",
            )
        },
        "the code AGREE is taken by kilde:agreesWith",
    );
    check_refused(
        |text| {
            text.replace(
                "schema:rangeIncludes kilde:Person",
                "schema:rangeIncludes kilde:Persn",
            )
        },
        "<https://w3id.org/kilde/ns#Persn> is no type of entity",
    );
    check_refused(
        |text| text.replace("kilde:quadClass", "kilde:quad"),
        "needs a kilde:quadClass of 1 to 4",
    );
}

#[test]
fn a_missing_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let message = Ontology::load(folder.path()).unwrap_err().to_string();
    assert!(message.contains("kilde.ttl"), "{message}");
}
