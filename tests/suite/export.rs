//! Exports: the same triples in every format, the same bytes for the same content, pictures that survive any text.

use std::{collections::BTreeMap, fs, path::Path, process::Command, time::Duration};

use kilde::{
    claim::Reading,
    document::PartialDate,
    export::{Picture, dot, rdf, svg},
    graph::Graph,
    ontology::{Ontology, OntologyFiles},
    query::{Filter, View},
    rdf::FORMATS,
    store::{Index, Store, sorted_lines},
};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphName, Quad},
};

use crate::{
    sample::{rich, short},
    world::{crowd, stored, world},
};

fn exported(store: &Store, format: RdfFormat, options: &rdf::Options<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    rdf::write(store, format, options, &mut out).unwrap();
    out
}

fn statements(bytes: &[u8], format: RdfFormat) -> Vec<Quad> {
    let mut quads: Vec<Quad> = RdfParser::from_format(format)
        .for_slice(bytes)
        .collect::<Result<_, _>>()
        .unwrap();
    quads.sort_by_key(ToString::to_string);
    quads
}

#[test]
fn every_format_holds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut readings = world();
    readings.push(short("b", "x", "AID", "y"));
    let store = stored(folder.path(), &readings);
    let index = Index::in_memory(&store).unwrap();
    let ontology = &OntologyFiles::embedded().quads;
    let mut expected: Vec<Quad> = index.oxigraph().iter().map(Result::unwrap).collect();
    expected.retain(|quad| !ontology.iter().any(|one| one.graph_name == quad.graph_name));
    expected.sort_by_key(ToString::to_string);
    let mut union: Vec<Quad> = expected
        .iter()
        .map(|quad| Quad {
            graph_name: GraphName::DefaultGraph,
            ..quad.clone()
        })
        .collect();
    union.sort_by_key(ToString::to_string);
    for (name, format, _) in FORMATS {
        let found = statements(
            &exported(&store, *format, &rdf::Options::default()),
            *format,
        );
        let expected = if format.supports_datasets() {
            &expected
        } else {
            &union
        };
        assert!(
            found == *expected,
            "{name}: {} and {}",
            found.len(),
            expected.len()
        );
    }
}

#[test]
fn the_order_of_reading_makes_no_difference() {
    let all = |readings: &[Reading]| -> Vec<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let store = stored(folder.path(), readings);
        let mut bytes: Vec<Vec<u8>> = FORMATS
            .iter()
            .map(|(_, format, _)| exported(&store, *format, &rdf::Options::default()))
            .collect();
        bytes.push(drawn(
            &View::of_store(&store).unwrap().graph(&Filter::default()),
        ));
        bytes
    };
    let mut readings = world();
    readings.push(rich());
    let forward = all(&readings);
    readings.reverse();
    assert!(all(&readings) == forward);
}

#[test]
fn n_quads_are_sorted_graph_by_graph() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &world());
    let bytes = exported(&store, RdfFormat::NQuads, &rdf::Options::default());
    let text = String::from_utf8(bytes.clone()).unwrap();
    let quads = statements(&bytes, RdfFormat::NQuads);
    let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    for quad in quads {
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            name => name.to_string(),
        };
        graphs.entry(graph).or_default().push(quad);
    }
    let expected: String = graphs.values().map(|quads| sorted_lines(quads)).collect();
    assert_eq!(text, expected);
}

#[test]
fn texts_can_be_left_out_and_the_ontology_added() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &world());
    let count = |options: &rdf::Options<'_>| {
        statements(&exported(&store, RdfFormat::TriG, options), RdfFormat::TriG).len()
    };
    let all = count(&rdf::Options::default());
    let no_text = rdf::Options {
        no_text: true,
        ..rdf::Options::default()
    };
    assert_eq!(count(&no_text), all - 3);
    let out = exported(&store, RdfFormat::Turtle, &no_text);
    assert!(!String::from_utf8(out).unwrap().contains("schema:text "));
    let ontology = OntologyFiles::embedded();
    let with = rdf::Options {
        ontology: Some(ontology),
        ..rdf::Options::default()
    };
    assert_eq!(count(&with), all + ontology.quads.len());
}

fn picture(title: &str) -> Picture<'_> {
    Picture {
        title,
        lang: "en",
        ontology: Ontology::embedded(),
    }
}

fn drawn(graph: &Graph) -> Vec<u8> {
    let mut out = Vec::new();
    dot::write(graph, &picture("A small world"), &mut out).unwrap();
    out
}

fn view(readings: &[Reading]) -> View {
    let folder = tempfile::tempdir().unwrap();
    View::of_store(&stored(folder.path(), readings)).unwrap()
}

/// Edges as `from relation to ×claims marks`.
fn edges(graph: &Graph) -> Vec<String> {
    let line = |edge: petgraph::graph::EdgeReference<'_, kilde::graph::Edge>| {
        use petgraph::visit::EdgeRef;
        let one = edge.weight();
        format!(
            "{} {} {} ×{}{}{}{}",
            graph[edge.source()].id,
            one.relation,
            graph[edge.target()].id,
            one.sources.len(),
            if one.plain { "" } else { " not plain" },
            if one.disputed { " disputed" } else { "" },
            if one.symmetric { " both ways" } else { "" },
        )
    };
    graph.edge_references().map(line).collect()
}

#[test]
fn claims_are_bundled_into_edges() {
    let graph = view(&world()).graph(&Filter::default());
    assert_eq!(
        edges(&graph),
        [
            "ane-berg LEADS norland ×1",
            "ane-berg CONDEMN ostland ×1",
            "folkefronten KILL kari-dahl ×1 not plain",
            "folkefronten AID ostland ×1 not plain",
            "norland AGREE accord ×1",
            "norland VISIT ostland ×1 not plain",
            "norland AGREE vestia ×1 both ways",
            "norland CONSULT vestia ×2 both ways",
            "ostland RETREAT sorland ×1 not plain",
            "ostland ASSAULT vestia ×2 disputed",
        ]
    );
    let ids: Vec<&str> = graph.node_weights().map(|node| &*node.id).collect();
    assert!(ids.is_sorted() && ids.len() == 8, "{ids:?}");
    let dispute = graph.edge_weights().last().unwrap();
    let told: Vec<_> = dispute
        .sources
        .iter()
        .map(|one| (&*one.document, one.speaker.as_deref()))
        .collect();
    assert_eq!(
        told,
        [("raid", Some("Ane Berg")), ("treaty", Some("Kari Dahl"))]
    );
    assert_eq!(
        &*dispute.sources[0].quote,
        "Ostland attacked Vestia, Ane Berg said"
    );
    assert_eq!((dispute.quad_class, &*dispute.label), (Some(4), "attacks"));
}

#[track_caller]
fn check_filter(filter: &Filter, expected: &[&str]) {
    let edges = edges(&view(&world()).graph(filter));
    let short: Vec<&str> = edges
        .iter()
        .map(|edge| edge.split(" ×").next().unwrap())
        .collect();
    assert_eq!(short, expected);
}

#[test]
fn filters_pick_a_part() {
    let all = Filter::default();
    let around = |hops| Filter {
        around: vec!["kari-dahl".into()],
        hops,
        ..all.clone()
    };
    check_filter(&around(0), &[]);
    check_filter(&around(1), &["folkefronten KILL kari-dahl"]);
    check_filter(
        &around(2),
        &["folkefronten KILL kari-dahl", "folkefronten AID ostland"],
    );
    assert_eq!(view(&world()).graph(&around(0)).node_count(), 1);
    let relations = Filter {
        relations: vec!["CONSULT".into(), "ACCUSE".into()],
        ..all.clone()
    };
    check_filter(
        &relations,
        &[
            "ane-berg CONDEMN ostland",
            "norland VISIT ostland",
            "norland CONSULT vestia",
        ],
    );
    let plain = Filter {
        plain_only: true,
        ..relations
    };
    check_filter(
        &plain,
        &["ane-berg CONDEMN ostland", "norland CONSULT vestia"],
    );
    let speaker = Filter {
        speaker: Some("radio-sor".into()),
        ..all.clone()
    };
    check_filter(&speaker, &["ostland ASSAULT vestia"]);
    let top = Filter {
        top: Some(3),
        ..all.clone()
    };
    check_filter(
        &top,
        &[
            "norland VISIT ostland",
            "norland AGREE vestia",
            "norland CONSULT vestia",
            "ostland ASSAULT vestia",
        ],
    );
    let date = |text: &str| text.parse::<PartialDate>().ok();
    let spring = Filter {
        since: date("2024-03"),
        until: date("2024-03-01"),
        ..all
    };
    check_filter(&spring, &["norland AGREE vestia"]);
}

#[test]
fn labels_come_in_the_language_asked_for() {
    let filter = Filter {
        lang: "nb".to_owned(),
        relations: vec!["LEADS".into()],
        ..Filter::default()
    };
    let graph = view(&world()).graph(&filter);
    let labels: Vec<&str> = graph
        .node_weights()
        .map(|node| node.label.as_str())
        .collect();
    assert_eq!(labels, ["Ane Berg (nb)", "Norland (nb)"]);
    assert_eq!(graph.edge_weights().next().unwrap().label, "leder");
}

#[test]
fn a_picture_tells_what_lies_behind_it() {
    let dot = String::from_utf8(drawn(&view(&world()).graph(&Filter::default()))).unwrap();
    let edge = |start: &str| {
        dot.lines()
            .find(|line| line.trim_start().starts_with(start))
            .unwrap()
    };
    let dispute = edge("\"ostland\" -> \"vestia\"");
    for part in [
        "label=\"attacks ×2\"",
        "style=dashed",
        "color=\"#B5201B\"",
        "“Ostland never attacked Vestia, Kari Dahl told Radio Sør” (treaty, 2024-03-02, Kari Dahl) [−]",
    ] {
        assert!(dispute.contains(part), "{dispute}");
    }
    assert!(edge("\"folkefronten\" -> \"kari-dahl\"").contains("style=dotted"));
    assert!(edge("\"norland\" -> \"vestia\"").contains("dir=none"));
    assert!(edge("\"norland\" [").contains("tooltip=\"Norland (state)\""));
    assert!(dot.contains("A small world"));
}

/// A graph whose every text is as bad as can be.
fn hostile() -> Graph {
    let mut graph = view(&world()).graph(&Filter::default());
    let texts = [
        "\"quoted\" and \\N \\G \\l \\",
        "<script>alert('1')</script> &amp; &#34; <B>",
        "two\nlines\u{2028}and\ta tab\r\u{0}\u{1b}[31m",
        "right \u{202e}to left\u{202c} حركة حماس \u{2067}",
        "\u{ffff}\u{fffe}\u{fffd} 🇳🇴 \u{301}",
        "]]> --> */ } ; digraph { a -> b [label=\"x\"]",
        "",
        "a-very-long-word-that-has-no-space-in-it-at-all-and-goes-on-and-on-and-on-and-on-and-on",
    ];
    for (index, node) in graph.node_weights_mut().enumerate() {
        texts[index].clone_into(&mut node.label);
        node.id = format!("{index}{}", texts[index]).into();
        node.wikidata = Some("Q1\" onclick=\"x".to_owned());
        node.kind = texts[(index + 1) % 8].into();
    }
    for (index, edge) in graph.edge_weights_mut().enumerate() {
        texts[index % 8].clone_into(&mut edge.label);
        for source in &mut edge.sources {
            source.quote = texts[(index + 1) % 8].repeat(9).into();
            source.document = texts[(index + 2) % 8].into();
            source.speaker = Some(texts[(index + 3) % 8].into());
        }
    }
    graph
}

#[test]
fn hostile_texts_mean_nothing_to_graphviz() {
    let mut out = Vec::new();
    dot::write(&hostile(), &picture("</TABLE>> ]; \u{1}\" \\"), &mut out).unwrap();
    let dot = String::from_utf8(out).unwrap();
    assert!(dot.chars().all(|one| one == '\n' || !one.is_control()));
    // One statement a line, whatever stands in the texts, with as many quotation marks as there must be.
    let statements: Vec<&str> = dot
        .lines()
        .filter(|line| line.starts_with("  \""))
        .collect();
    assert_eq!(statements.len(), 8 + 10);
    for line in statements {
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        assert!(line.ends_with("];"), "{line}");
        // Inside strings the one escape is that of the line break, outside there is none of the texts.
        assert!(!line.replace("\\n", "").contains('\\'), "{line}");
        let outside: String = line.split('"').step_by(2).collect();
        let outside = outside.replace("->", "");
        assert!(
            !outside
                .trim_end_matches("];")
                .contains(['<', '>', '{', ']', ';']),
            "{line}"
        );
        assert!(!line.contains("&lt;") && !line.contains("&#34;"), "{line}");
    }
    assert!(dot.contains("&lt;/TABLE&gt;&gt;"));
    assert!(!dot.contains("wikidata.org"));
}

fn svg(graph: &Graph, program: &str) -> (String, svg::Drawn) {
    let mut out = Vec::new();
    let drawn = svg::write(
        graph,
        &picture("A <small> world"),
        program,
        Duration::from_secs(120),
        &mut out,
    )
    .unwrap();
    (String::from_utf8(out).unwrap(), drawn)
}

#[test]
fn without_graphviz_a_plain_picture_is_drawn() {
    // Two of the ten relations are of one colour and between the same two.
    for (graph, lines) in [
        (hostile(), 9),
        (Graph::new(), 0),
        (view(&world()).graph(&Filter::default()), 9),
    ] {
        let (plain, drawn) = svg(&graph, "no-such-program");
        let reason = "Graphviz is not installed (no-such-program not found)".to_owned();
        assert_eq!(drawn, svg::Drawn::Plain { reason });
        assert!(plain.ends_with("</svg>\n"));
        assert!(!plain.contains("<script"));
        assert_eq!(plain.matches("<path ").count(), lines);
        assert_eq!(svg(&graph, "no-such-program").0, plain);
    }
}

#[test]
fn hostile_texts_mean_nothing_in_a_picture_by_graphviz() {
    if Command::new("dot").arg("-V").output().is_err() {
        return;
    }
    let (picture, drawn) = svg(&hostile(), "dot");
    assert_eq!(drawn, svg::Drawn::Graphviz);
    assert!(!picture.contains("<script") && !picture.contains("onclick=\"x"));
    let mut reader = quick_xml::Reader::from_str(&picture);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn a_program_that_fails_or_hangs_is_given_up() {
    let graph = view(&world()).graph(&Filter::default());
    let (_, drawn) = svg(&graph, "false");
    assert_eq!(
        drawn,
        svg::Drawn::Plain {
            reason: "false failed: no word why".to_owned()
        }
    );
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("dot");
    fs::write(&program, "#!/bin/sh\nexec sleep 60\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let mut out = Vec::new();
        let program = program.to_string_lossy();
        let patience = Duration::from_millis(300);
        let drawn = svg::write(&graph, &picture(""), &program, patience, &mut out).unwrap();
        let reason = format!("{program} was stopped after 0.3 seconds");
        assert_eq!(drawn, svg::Drawn::Plain { reason });
    }
}

/// What `tests/consumers.py` gives to other programs to read; it lies where cargo lets tests leave files.
#[test]
fn exports_for_other_programs() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    let _ = fs::remove_dir_all(&folder);
    let mut odd = world();
    odd.push(rich());
    for (name, readings) in [
        ("world", odd),
        ("crowd", crowd(40, 80)),
        ("mass", crowd(300, 600)),
    ] {
        let store_folder = tempfile::tempdir().unwrap();
        let store = stored(store_folder.path(), &readings);
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        for (extension, format, _) in FORMATS.iter().filter(|_| name != "mass") {
            let bytes = exported(&store, *format, &rdf::Options::default());
            fs::write(folder.join(format!("{name}.{extension}")), bytes).unwrap();
        }
        let graph = View::of_store(&store).unwrap().graph(&Filter::default());
        fs::write(folder.join(format!("{name}.dot")), drawn(&graph)).unwrap();
        fs::write(
            folder.join(format!("{name}.svg")),
            svg(&graph, "no-such-program").0,
        )
        .unwrap();
    }
    let hostile_folder = folder.join("hostile");
    fs::create_dir_all(&hostile_folder).unwrap();
    fs::write(hostile_folder.join("hostile.dot"), drawn(&hostile())).unwrap();
    fs::write(
        hostile_folder.join("hostile.svg"),
        svg(&hostile(), "no-such-program").0,
    )
    .unwrap();
}
