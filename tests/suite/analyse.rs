//! What the graph tells: disputes, ways, months, reports; on worlds small enough to work out by hand.

use std::{collections::BTreeSet, path::Path};

use kilde::{
    analyse::{
        Kind, Ties, balance, by_month, centrality, disputes, month_name, period, trends, ways,
    },
    claim::{Claim, Modality, Polarity, Reading},
    graph::Graph,
    ontology::Ontology,
    query::{Filter, View},
    store::{Base, Sketch, StoredDocument},
};

use crate::{
    cli::{refused, run},
    sample::{article, reading, short},
    world::{crowd, stored, world},
};

fn graph(readings: &[Reading]) -> Graph {
    let documents: Vec<StoredDocument> = readings
        .iter()
        .map(|reading| StoredDocument {
            hash: kilde::claim::document_hash(&reading.article),
            article: reading.article.clone(),
            entities: reading.entities.clone(),
            mentions: reading.mentions.clone(),
            claims: reading.claims.clone(),
            written_by: String::new(),
        })
        .collect();
    let view = View::of_documents(&documents, &Base::default(), Ontology::embedded());
    view.graph(&Filter::default())
}

/// A short reading of that day, changed.
fn told(id: &str, day: &str, claim: [&str; 3], change: impl Fn(&mut Claim)) -> Reading {
    let [subject, relation, object] = claim;
    let mut one = short(id, subject, relation, object);
    one.article.meta.date = day.parse().ok();
    let mut claims = one.claims.clone();
    claims.iter_mut().for_each(change);
    reading(one.article, one.entities, claims)
}

fn found(readings: &[Reading]) -> Vec<(Kind, Vec<(String, Polarity, usize, usize)>)> {
    let graph = graph(readings);
    let sketches = |ids: &BTreeSet<String>| {
        let articles = readings.iter().map(|one| &one.article);
        let wanted = articles.filter(|one| ids.contains(&one.id));
        Ok::<_, ()>(
            wanted
                .map(|one| (one.id.clone(), Sketch::of(&one.text)))
                .collect(),
        )
    };
    disputes(&graph, Ontology::embedded(), sketches)
        .unwrap()
        .into_iter()
        .map(|dispute| {
            let sides = dispute.sides.iter();
            let sides = sides.map(|side| {
                let subject = graph[side.subject].id.to_string();
                (subject, side.polarity, side.sources.len(), side.independent)
            });
            (dispute.kind, sides.collect())
        })
        .collect()
}

#[test]
fn what_some_affirm_and_others_deny() {
    let claim = ["norland", "AID", "vestia"];
    let no = |claim: &mut Claim| claim.polarity = Polarity::Negative;
    let planned = |claim: &mut Claim| claim.modality = Modality::Planned;
    let own = |id: &str, end: &str| {
        let text = format!("Report {id}: norland dealt with vestia, {end}.");
        let mut one = told(id, "2024-05-01", claim, |_| {});
        one.article = article(id, &text);
        one.claims.iter_mut().for_each(|claim| {
            let place = |name: &str| {
                let start = text.find(name).unwrap();
                kilde::text::Span::new(start, start + name.len())
            };
            claim.subject.span = place("norland");
            claim.object.span = place("vestia");
            claim.evidence = claim.subject.span.cover(claim.object.span);
        });
        reading(one.article, one.entities, one.claims)
    };
    // Two papers print the same words, so both count as one source.
    let wire = "and nobody in the capital knows why it did so at all";
    let copies = [own("a", wire), {
        let mut copy = own("a", wire);
        copy.article.id = "b".to_owned();
        reading(copy.article, copy.entities, copy.claims)
    }];
    let denied = told("denied", "2024-05-02", claim, no);
    let unlike = own(
        "c",
        "our man on the border has seen the lorries with his own eyes",
    );
    let all = [copies[0].clone(), copies[1].clone(), unlike, denied.clone()];
    assert_eq!(
        found(&all),
        [(
            Kind::Denied,
            vec![
                ("norland".to_owned(), Polarity::Positive, 3, 2),
                ("norland".to_owned(), Polarity::Negative, 1, 1),
            ]
        )]
    );
    // What is only planned is not affirmed.
    assert!(found(&[told("p", "2024-05-01", claim, planned), denied]).is_empty());
}

#[test]
fn two_leaders_of_one_body_at_one_time() {
    let lead = |id: &str, who: &str, day: &str, date: &str, act: &str| {
        told(id, day, [who, "LEADS", "vestia"], |claim| {
            claim.date = date.parse().ok();
            act.clone_into(&mut claim.act);
        })
    };
    let first = lead("a", "norland", "2024-05-01", "", "president");
    let same_time = lead("b", "ostland", "2024-05-20", "", "president");
    let two = [first.clone(), same_time];
    assert_eq!(found(&two).len(), 1);
    assert_eq!(found(&two)[0].0, Kind::Incompatible);
    // Another office, another year, or the same person: all is well.
    for other in [
        lead("c", "ostland", "2024-05-20", "", "prime minister"),
        lead("d", "ostland", "2026-05-20", "", "president"),
        lead("e", "ostland", "2024-05-20", "2019", "president"),
        lead("f", "norland", "2024-05-20", "", "president"),
    ] {
        assert!(
            found(&[first.clone(), other.clone()]).is_empty(),
            "{}",
            other.article.id
        );
    }
}

#[test]
fn disputes_are_shown_with_who_says_what() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(stored(at, &world()));
    let (out, said) = run(&["disputes"], at, "", 0);
    assert!(said.contains("1 dispute"), "{said}");
    assert!(
        out.contains(
            "yes  Ostland \u{2014} attacks \u{2192} Vestia: 1 claim, 1 independent source"
        ),
        "{out}"
    );
    assert!(out.contains("Kari Dahl in treaty"), "{out}");
    let (out, _) = run(&["disputes", "--json", "--about", "Vestia"], at, "", 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["sides"][1]["polarity"], "negative");
    run(&["disputes", "--about", "Kaupang"], at, "", 1);
    refused(&["disputes", "--about", "Nobody"], at, "", 2, &["Nobody"]);
}

#[test]
fn ways_lead_from_one_to_another() {
    let graph = graph(&[
        told("a", "2024-05-01", ["norland", "AID", "vestia"], |_| {}),
        told("b", "2024-05-01", ["ostland", "ACCUSE", "vestia"], |_| {}),
        told("c", "2024-05-01", ["ostland", "AID", "sorland"], |_| {}),
        told("d", "2024-05-01", ["norland", "AID", "sorland"], |_| {}),
        told("e", "2024-05-01", ["norland", "ACCUSE", "sorland"], |_| {}),
        told("f", "2024-05-01", ["westland", "AID", "eastland"], |_| {}),
    ]);
    let node = |id: &str| {
        graph
            .node_indices()
            .find(|&node| &*graph[node].id == id)
            .unwrap()
    };
    let names = |max, most| -> Vec<String> {
        ways(&graph, node("norland"), node("ostland"), max, most)
            .iter()
            .map(|way| {
                let ids: Vec<&str> = way.actors.iter().map(|&node| &*graph[node].id).collect();
                ids.join(" ")
            })
            .collect()
    };
    // Both have two steps, and one claim on the weakest; then the order of names decides.
    assert_eq!(
        names(3, 5),
        ["norland sorland ostland", "norland vestia ostland"]
    );
    assert_eq!(names(3, 1), ["norland sorland ostland"]);
    assert!(names(1, 5).is_empty());
    assert!(ways(&graph, node("norland"), node("westland"), 5, 5).is_empty());
}

#[test]
fn a_path_is_shown_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(stored(at, &world()));
    let (out, _) = run(&["path", "Ane Berg", "vestia", "--max", "2"], at, "", 0);
    assert!(
        out.starts_with("Ane Berg \u{2013} Norland \u{2013} Vestia"),
        "{out}"
    );
    assert!(out.contains("\u{ab}Ane Berg leads Norland\u{bb}"), "{out}");
    let (_, said) = run(&["path", "folkefronten", "norland"], at, "", 1);
    assert!(said.contains("No way of up to 3 steps"), "{said}");
    run(&["path", "folkefronten", "norland", "--all"], at, "", 0);
    refused(&["path", "vestia", "Vestia"], at, "", 2, &["the same"]);
    refused(
        &["path", "vestia", "Westia"],
        at,
        "",
        2,
        &["did you mean vestia"],
    );
}

#[test]
fn months_and_trends() {
    let mut readings = Vec::new();
    for (number, day) in ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05"]
        .iter()
        .enumerate()
    {
        readings.push(told(
            &format!("old{number}"),
            day,
            ["norland", "AID", "vestia"],
            |_| {},
        ));
    }
    for number in 0..3 {
        readings.push(told(
            &format!("new{number}"),
            "2024-04-20",
            ["ostland", "ACCUSE", "vestia"],
            |_| {},
        ));
    }
    // A claim counts in the month of its event, and what is only possible in none.
    readings.push(told(
        "event",
        "2024-04-20",
        ["norland", "AID", "vestia"],
        |claim| {
            claim.date = "2024-01-09".parse().ok();
        },
    ));
    readings.push(told(
        "doubt",
        "2024-04-20",
        ["norland", "AID", "vestia"],
        |claim| {
            claim.modality = Modality::Possible;
        },
    ));
    let graph = graph(&readings);
    let counts: Vec<(String, usize, usize)> = by_month(&graph, None)
        .into_iter()
        .map(|(month, count)| (month_name(month), count.cooperation, count.conflict))
        .collect();
    let expected = [
        ("2024-01", 2, 0),
        ("2024-02", 1, 0),
        ("2024-03", 1, 0),
        ("2024-04", 1, 3),
    ];
    assert_eq!(
        counts,
        expected.map(|(month, yes, no)| (month.to_owned(), yes, no))
    );
    let period = period(&graph).unwrap();
    assert_eq!(month_name(period.latest), "2024-04");
    let (rising, falling) = trends(&graph, period, 5);
    assert_eq!((rising.len(), falling.len()), (1, 1));
    assert_eq!(&*graph[rising[0].edge].relation, "ACCUSE");
    assert!((rising[0].lately - 3.0).abs() < 1e-9 && rising[0].before.abs() < 1e-9);
    assert!((falling[0].before - 4.0 / 3.0).abs() < 1e-9);
}

#[test]
fn measures_do_not_depend_on_threads_or_order() {
    let mut readings = crowd(60, 300);
    let first = graph(&readings);
    readings.reverse();
    let second = graph(&readings);
    let measured = |graph: &Graph| {
        let ties = Ties::of(graph);
        (format!("{:?}", centrality(&ties)), balance(&ties, 5))
    };
    assert_eq!(measured(&first), measured(&second));
    assert!(measured(&first).1.unfit_count > 0);
}

/// Every number of a report is what its query gives: rows of a list, or the sum of its claims.
#[test]
fn numbers_in_a_report_are_those_of_their_queries() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(stored(at, &crowd(40, 160)));
    let (out, _) = run(&["report", "-f", "json", "--top", "5"], at, "", 0);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let section = |title: &str| {
        let sections = report["sections"].as_array().unwrap();
        sections.iter().find(|one| one["title"] == title).unwrap()["rows"].clone()
    };
    let actors = section("The main actors");
    assert_eq!(actors.as_array().unwrap().len(), 5);
    for row in actors.as_array().unwrap() {
        let rows = answer(at, &report, &row[2]);
        assert_eq!(
            row[2]["value"].as_f64().unwrap(),
            rows.len() as f64,
            "{row}"
        );
        assert_eq!(
            row[3]["value"].as_f64().unwrap(),
            sum(&rows, 1) as f64,
            "{row}"
        );
    }
    let with = section("Who is with whom");
    for row in with.as_array().unwrap() {
        let rows = answer(at, &report, &row[2]);
        assert!(!rows.is_empty(), "{row}");
    }
    let glance = section("At a glance");
    let edges = answer(at, &report, &glance[3][1]);
    assert_eq!(glance[3][1]["value"].as_f64().unwrap(), edges.len() as f64);
    let ties = answer(at, &report, &glance[2][1]);
    assert_eq!(
        glance[2][1]["value"].as_f64().unwrap(),
        sum(&ties, 2) as f64
    );
}

/// The rows that the query of a number gives.
fn answer(at: &Path, report: &serde_json::Value, cell: &serde_json::Value) -> Vec<Vec<String>> {
    let query = &report["queries"][usize::try_from(cell["query"].as_u64().unwrap()).unwrap()];
    let mut arguments: Vec<&str> = query.as_str().unwrap().split(' ').skip(1).collect();
    arguments.extend(["-f", "csv"]);
    let (out, _) = run(&arguments, at, "", 0);
    let rows = out.lines().skip(1);
    rows.map(|row| row.trim().split(',').map(str::to_owned).collect())
        .collect()
}

fn sum(rows: &[Vec<String>], column: usize) -> u64 {
    rows.iter()
        .map(|row| row[column].parse::<u64>().unwrap())
        .sum()
}

#[test]
fn a_report_is_written_in_three_formats() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(stored(at, &world()));
    let (markdown, _) = run(&["report"], at, "", 0);
    for word in [
        "# What the graph tells",
        "## The main actors",
        "| Norland | State | [",
        "](#q",
        "<a id=\"q1\"></a>1. `kilde claims --store kg`",
        "## Disputes",
    ] {
        assert!(markdown.contains(word), "no '{word}' in\n{markdown}");
    }
    run(
        &["report", "-o", "report.html", "--as-of", "2024-02"],
        at,
        "",
        0,
    );
    let html = std::fs::read_to_string(at.join("report.html")).unwrap();
    for word in [
        "<!DOCTYPE html>",
        "<svg",
        "href=\"#q1\"",
        "<li id=\"q1\">",
        "--as-of 2024-02",
    ] {
        assert!(html.contains(word), "no '{word}' in\n{html}");
    }
    assert!(
        !html.contains("<script") && !html.contains("treaty"),
        "{html}"
    );
    refused(&["report", "-f", "pdf"], at, "", 2, &["pdf", "html"]);
}
