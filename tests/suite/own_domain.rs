//! A domain of the user's own, company takeovers, with not a line of the program changed; and who is who, as a user says.

use std::path::{Path, PathBuf};

use crate::cli::{refused, run};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/takeovers")
}

fn told(claims: &str) -> Vec<String> {
    let mut told: Vec<String> = claims
        .lines()
        .map(|line| {
            let claim: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = |key: &str| claim[key]["id"].as_str().unwrap_or("-").to_owned();
            let plain = |key: &str| claim[key].as_str().unwrap_or("-").to_owned();
            let words = [
                id("subject"),
                plain("relation"),
                id("object"),
                plain("polarity"),
                id("speaker"),
                plain("date"),
            ];
            words.join(" ")
        })
        .collect();
    told.sort();
    told
}

#[test]
fn the_frames_of_another_domain_hold() {
    let data = data();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["rules", "test", "--ontology", data.to_str().unwrap()];
    run(&arguments, folder.path(), "", 0);
}

#[test]
fn another_domain_is_read_and_stored() {
    let data = data();
    let own = data.to_str().unwrap();
    let articles = data.join("articles");
    let articles = articles.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run(&["build", articles, "--ontology", own], at, "", 0);
    let (claims, _) = run(&["claims"], at, "", 0);
    assert_eq!(
        told(&claims),
        [
            "anna-reed RUNS carver-group positive - -",
            "brightwater-foods ACQUIRES lindholm-dairies negative brightwater-foods -",
            "carver-group ACQUIRES harrow-metals positive - 2024-03",
            "carver-group BIDS_FOR northgate-steel positive anna-reed 2024-05-14",
        ]
    );
    // The store keeps the ontology it was made with.
    let query = "SELECT ?a ?b { ?a kilde:acquires ?b }";
    let (rows, _) = run(&["query", query, "-f", "csv"], at, "", 0);
    assert_eq!(rows.lines().count(), 2, "{rows}");
    run(&["verify"], at, "", 0);
    run(&["build", articles, "--ontology", own], at, "", 0);
    refused(&["build", articles], at, "", 2, &["--ontology"]);
}

#[test]
fn an_ontology_that_lacks_what_the_store_has_is_refused() {
    let data = data();
    let own = data.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run(
        &["build", "-", "--lang", "en"],
        at,
        "Egypt condemned Israel.",
        0,
    );
    let (before, _) = run(&["claims"], at, "", 0);
    let again = ["build", "-", "--lang", "en", "--ontology", own];
    refused(
        &again,
        at,
        "Carver Group owns Harrow Metals.",
        2,
        &["lacks"],
    );
    let (after, _) = run(&["claims"], at, "", 0);
    assert_eq!(before, after);
}

#[test]
fn a_folder_that_is_no_ontology_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["extract", "--ontology", "."];
    refused(&arguments, folder.path(), "", 2, &["kilde.ttl", "frames"]);
    std::fs::create_dir_all(folder.path().join("frames/en")).unwrap();
    let file = folder.path().join("frames/en/deals.toml");
    std::fs::write(file, "[[frame]]\nid = \"buy\"\nrelation = \"BUY\"\n").unwrap();
    let words = ["deals.toml:3", "BUY"];
    refused(&arguments, folder.path(), "", 2, &words);
}

#[test]
fn names_are_the_same_where_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(
        at.join("who.toml"),
        "same = [[\"Karim Daoudi\", \"Kareem al-Dawudi\"]]\n",
    )
    .unwrap();
    let news = "Egypt condemned Karim Daoudi.\n\nIsrael praised Kareem al-Dawudi.";
    let objects = |out: &str| -> Vec<String> {
        let told = told(out);
        let object = |line: &String| line.split(' ').nth(2).map(str::to_owned);
        told.iter().filter_map(object).collect()
    };
    let (apart, _) = run(&["extract", "--lang", "en"], at, news, 0);
    assert_eq!(objects(&apart), ["karim-daudi", "karim-dawudi"]);
    let (joined, _) = run(
        &["extract", "--lang", "en", "--identities", "who.toml"],
        at,
        news,
        0,
    );
    assert_eq!(objects(&joined), ["karim-daudi", "karim-daudi"]);
}

#[test]
fn why_two_names_are_one_actor() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (said, _) = run(&["why-merged", "Abu Mazen", "Mahmoud Abbas"], at, "", 0);
    assert!(said.starts_with("One actor: mahmoud-abbas\n"), "{said}");
    assert!(said.contains("gazetteer"), "{said}");
    let (said, _) = run(&["why-merged", "Hamas", "Fatah"], at, "", 1);
    assert!(said.starts_with("Two actors: hamas and fatah\n"), "{said}");
    std::fs::write(
        at.join("who.toml"),
        "not_same = [[\"Ali Nouri\", \"Ali Nouri Jr\"]]\nsame = [[\"Ali Nouri\"]]\n",
    )
    .unwrap();
    let clash = ["why-merged", "Hamas", "Fatah", "--identities", "who.toml"];
    refused(&clash, at, "", 2, &["who.toml:2"]);
}
