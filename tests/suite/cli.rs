//! The program as a user meets it: what it writes, what it says, how it ends.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Three short articles as JSON Lines; the third is broken.
const NEWS: &str = concat!(
    r#"{"id":"one","lang":"en","date":"2024-05-02","text":"Egypt accused Sudan of delaying the talks. Norway did not recognise Kosovo."}"#,
    "\n",
    r#"{"id":"two","lang":"nb","text":"Tyrkia kritiserte Sverige på fredag."}"#,
    "\n",
    "{\"id\":\"three\",\n",
);

fn kilde(arguments: &[&str], folder: &Path, input: &str) -> Output {
    let models = std::env::var_os("KILDE_MODELS")
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("models").into());
    let mut child = Command::new(env!("CARGO_BIN_EXE_kilde"))
        .args(arguments)
        .current_dir(folder)
        .env("KILDE_MODELS", models)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // The program may have ended before it has read everything.
    let _ = pipe.write_all(input.as_bytes());
    drop(pipe);
    child.wait_with_output().unwrap()
}

/// Runs and checks the exit code; gives what was written and what was said.
#[track_caller]
pub(crate) fn run(arguments: &[&str], folder: &Path, input: &str, code: i32) -> (String, String) {
    let output = kilde(arguments, folder, input);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, said) = (text(output.stdout), text(output.stderr));
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}\n{out}\n{said}"
    );
    (out, said)
}

/// Runs something that must fail, and checks what is said of it.
#[track_caller]
pub(crate) fn refused(arguments: &[&str], folder: &Path, input: &str, code: i32, words: &[&str]) {
    let (_, said) = run(arguments, folder, input, code);
    for word in words {
        assert!(said.contains(word), "{arguments:?}: no '{word}' in\n{said}");
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn articles_in_claims_out() {
    let folder = folder();
    let (out, said) = run(&["extract"], folder.path(), NEWS, 1);
    let claims: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<String> = claims
        .iter()
        .map(|claim| {
            let part = |key: &str| claim[key]["id"].as_str().unwrap().to_owned();
            format!(
                "{} {} {} {}",
                claim["document"].as_str().unwrap(),
                part("subject"),
                claim["relation"].as_str().unwrap(),
                part("object")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "one egypt ACCUSE sudan",
            "one norway SUPPORT kosovo",
            "two turkey ACCUSE sweden"
        ]
    );
    assert_eq!(claims[1]["polarity"], "negative");
    assert_eq!(claims[1]["edge"], false);
    assert!(
        said.contains("3:") && said.contains("broken JSON"),
        "{said}"
    );
}

#[test]
fn a_store_is_built_queried_explained_and_exported() {
    let folder = folder();
    fs::write(folder.path().join("news.jsonl"), NEWS).unwrap();
    let (_, said) = run(
        &["build", "news.jsonl", "--store", "kg"],
        folder.path(),
        "",
        1,
    );
    assert!(
        said.contains("2 documents") && said.contains("1 broken-json"),
        "{said}"
    );
    let ask = "SELECT ?a ?b { ?a kilde:accuses ?b } ORDER BY ?a";
    let (out, _) = run(
        &["query", "--store", "kg", ask, "-f", "csv"],
        folder.path(),
        "",
        0,
    );
    let rows: Vec<&str> = out.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        rows,
        [
            "https://w3id.org/kilde/id/entity/egypt,https://w3id.org/kilde/id/entity/sudan",
            "https://w3id.org/kilde/id/entity/turkey,https://w3id.org/kilde/id/entity/sweden",
        ]
    );
    // What the text denies makes no edge, but stands as a claim.
    run(
        &[
            "query",
            "--store",
            "kg",
            "SELECT * { ent:norway kilde:supports ?b }",
        ],
        folder.path(),
        "",
        1,
    );
    let (out, _) = run(
        &["claims", "--store", "kg", "--about", "kosovo"],
        folder.path(),
        "",
        0,
    );
    let claim: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    let id = claim["id"].as_str().unwrap();
    let (out, _) = run(
        &["explain", &id[..12], "--store", "kg"],
        folder.path(),
        "",
        0,
    );
    assert!(
        out.contains("denied") && out.contains("\u{ab}Norway did not recognise Kosovo\u{bb}"),
        "{out}"
    );
    for (format, begins) in [
        ("ttl", "@prefix"),
        ("dot", "digraph"),
        ("svg", "<?xml"),
        ("rdfxml", "<?xml"),
        ("jsonld", "{"),
    ] {
        let (out, _) = run(
            &["export", "--store", "kg", "-f", format],
            folder.path(),
            "",
            0,
        );
        let start: String = out.trim_start().chars().take(60).collect();
        assert!(
            start.contains(begins) || out.contains("<svg"),
            "{format}: {start}"
        );
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = folder();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let mut files: Vec<String> = fs::read_dir(&articles)
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    files.sort();
    let mut exports = Vec::new();
    for (store, threads) in [("one", "1"), ("two", "2")] {
        let mut arguments = vec!["build", "-q", "--store", store, "-j", threads];
        arguments.extend(files.iter().map(String::as_str));
        run(&arguments, folder.path(), "", 0);
        exports.push(
            run(
                &["export", "--store", store, "-f", "nq"],
                folder.path(),
                "",
                0,
            )
            .0,
        );
        files.reverse();
    }
    assert!(exports[0].len() > 100_000);
    assert!(
        exports[0] == exports[1],
        "two builds of the same articles differ"
    );
}

#[test]
fn bad_input_is_told_with_the_next_step() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("binary.txt"), [0, 159, 146, 150, 0, 1, 2]).unwrap();
    fs::write(at.join("empty.txt"), " \n").unwrap();
    fs::write(at.join("latin.txt"), b"St\xf8re m\xf8tte Putin i Oslo.").unwrap();
    fs::write(
        at.join("german.txt"),
        "Der Bundeskanzler hat am Montag die Ministerinnen und Minister der Regierung getroffen.",
    )
    .unwrap();
    refused(
        &["extract", "binary.txt"],
        at,
        "",
        1,
        &["binary.txt", "not text"],
    );
    refused(
        &["extract", "empty.txt"],
        at,
        "",
        1,
        &["empty.txt", "no text"],
    );
    refused(
        &["extract", "latin.txt"],
        at,
        "",
        1,
        &["latin.txt:1", "UTF-8", "iconv"],
    );
    refused(&["extract", "german.txt"], at, "", 1, &["german.txt", "de"]);
    refused(
        &["extract", "nowhere.txt"],
        at,
        "",
        1,
        &["nowhere.txt", "no such file"],
    );
    refused(
        &["extract", "--lang", "xx", "empty.txt"],
        at,
        "",
        2,
        &["xx", "en, nb and nn"],
    );
    refused(&["parse", "--lang", "sv"], at, "Hej.", 2, &["sv"]);
    refused(
        &["extract", "--models", "."],
        at,
        NEWS,
        2,
        &["make models", "--models"],
    );
    refused(
        &["extract", "--max-size", "0", "latin.txt"],
        at,
        "",
        1,
        &["larger than"],
    );
}

#[test]
fn stores_and_queries_that_cannot_be_used_are_told() {
    let folder = folder();
    let at = folder.path();
    refused(
        &["query", "--store", "none", "ASK {}"],
        at,
        "",
        2,
        &["none", "no Kilde store"],
    );
    run(
        &["build", "-q", "-", "--store", "kg"],
        at,
        NEWS.split_inclusive('\n').next().unwrap(),
        0,
    );
    refused(
        &[
            "query",
            "--store",
            "kg",
            "SELECT * { ?a kildee:accuses ?b }",
        ],
        at,
        "",
        2,
        &["kildee", "kilde:"],
    );
    refused(
        &["query", "--store", "kg", "SELECT * {"],
        at,
        "",
        2,
        &["line 1"],
    );
    refused(
        &["query", "--store", "kg", "--named", "who-say-what"],
        at,
        "",
        2,
        &["who-says-what"],
    );
    refused(
        &[
            "query",
            "--store",
            "kg",
            "--named",
            "who-says-what",
            "--set",
            "actor=hamass",
        ],
        at,
        "",
        2,
        &["hamass"],
    );
    refused(
        &["query", "--store", "kg", "ASK {}", "-f", "yaml"],
        at,
        "",
        2,
        &["yaml", "csv"],
    );
    refused(
        &["export", "--store", "kg", "-o", "graph.xyz"],
        at,
        "",
        2,
        &["xyz", "ttl"],
    );
    refused(&["explain", "ffff", "--store", "kg"], at, "", 2, &["ffff"]);
    refused(
        &["export", "--store", "kg", "-f", "dot", "--around", "egipt"],
        at,
        "",
        2,
        &["egypt"],
    );
    let before = fs::read(at.join("kg/kilde.toml")).unwrap();
    let other =
        String::from_utf8(before.clone())
            .unwrap()
            .replacen("format = 1", "format = 999", 1);
    assert_ne!(other.as_bytes(), before);
    fs::write(at.join("kg/kilde.toml"), other).unwrap();
    refused(&["claims", "--store", "kg"], at, "", 2, &["999"]);
    refused(&["build", "-", "--store", "kg"], at, NEWS, 2, &["999"]);
}

#[test]
fn a_mistake_in_a_frame_is_told_with_its_place() {
    let folder = folder();
    let frames = folder.path().join("ontology/frames/en");
    fs::create_dir_all(&frames).unwrap();
    fs::write(
        frames.join("accuse.toml"),
        "relation = \"ACCUSSE\"\n[[frame]]\nid = \"a\"\nverbs = [\"accuse\"]\n",
    )
    .unwrap();
    refused(
        &["rules", "test", "--ontology", "ontology"],
        folder.path(),
        "",
        2,
        &["accuse.toml:1:12", "ACCUSSE", "did you mean ACCUSE?"],
    );
}

#[test]
fn text_is_parsed_to_conllu() {
    let folder = folder();
    let (out, _) = run(
        &["parse", "--lang", "en"],
        folder.path(),
        "Egypt accused Sudan.\n\nIt denied that.\n",
        0,
    );
    let words: Vec<&str> = out.lines().filter(|line| line.contains('\t')).collect();
    assert_eq!(words.len(), 8);
    assert!(
        words[1].starts_with("2\taccused\taccuse\tVERB\tVBD\t"),
        "{}",
        words[1]
    );
    assert_eq!(out.matches("# newdoc").count(), 2);
}

#[test]
fn help_tells_the_exit_codes_and_every_command() {
    let folder = folder();
    let (out, _) = run(&["--help"], folder.path(), "", 0);
    for word in [
        "Exit codes",
        "build",
        "query",
        "queries",
        "claims",
        "mentions",
        "explain",
        "export",
        "forget",
        "verify",
        "lock",
        "diff",
        "disputes",
        "path",
        "report",
        "corrections",
        "review",
        "extract",
        "parse",
        "rules",
    ] {
        assert!(out.contains(word), "{word}");
    }
    let (out, _) = run(&["completions", "bash"], folder.path(), "", 0);
    assert!(out.contains("kilde"));
    let (out, _) = run(&["man"], folder.path(), "", 0);
    assert!(out.starts_with(".ie"));
}

#[test]
fn claims_of_another_domain_are_taken_in_with_its_ontology() {
    let folder = tempfile::tempdir().unwrap();
    let article = r#"{"id":"deal","lang":"en","text":"Nordvik bought Fjordkraft on Monday."}"#;
    let claim = r#"{"document":"deal","subject":{"label":"Nordvik","type":"Organization"},"property":"acquires","object":{"label":"Fjordkraft","type":"Organization"},"evidence":"Nordvik bought Fjordkraft"}"#;
    fs::write(folder.path().join("articles.jsonl"), article).unwrap();
    fs::write(folder.path().join("claims.jsonl"), claim).unwrap();
    let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/takeovers");
    let import = |store: &str, more: &[&str], code: i32| {
        let mut arguments = vec![
            "import",
            "claims.jsonl",
            "--articles",
            "articles.jsonl",
            "--maker",
            "x",
        ];
        arguments.extend(["--store", store]);
        arguments.extend(more);
        run(&arguments, folder.path(), "", code)
    };
    let (_, said) = import("plain", &[], 1);
    assert!(said.contains("no relation of the ontology"), "{said}");
    import("deals", &["--ontology", domain.to_str().unwrap()], 0);
    // The store keeps it.
    let (out, _) = run(&["claims", "--store", "deals"], folder.path(), "", 0);
    assert!(
        out.contains("Nordvik") && out.contains("Fjordkraft"),
        "{out}"
    );
    refused(
        &[
            "import",
            "claims.jsonl",
            "--store",
            "deals",
            "--ontology",
            "nowhere",
        ],
        folder.path(),
        "",
        2,
        &["nowhere"],
    );
}

/// A pipe, a device or a link is not replaced by a file: who writes to `/dev/null` as root would break the machine.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_as_it_is() {
    use std::os::unix::fs::{FileTypeExt, symlink};

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    run(
        &["build", "-q", "--lang", "en", "--store", "store", "-"],
        folder.path(),
        "Egypt accused Hamas.",
        0,
    );
    let export = |output: &str| {
        let arguments = ["export", "--store", "store", "-f", "nq", "-o", output];
        run(&arguments, folder.path(), "", 0);
    };
    export("plain");
    let plain = fs::read(path("plain")).unwrap();
    assert!(!plain.is_empty());

    let made = Command::new("mkfifo").arg(path("pipe")).status().unwrap();
    assert!(made.success());
    let pipe = path("pipe");
    let reader = std::thread::spawn(move || fs::read(pipe).unwrap());
    export("pipe");
    // Were it replaced, nobody would ever write to the pipe that the reader waits for.
    let kept = fs::metadata(path("pipe")).unwrap().file_type().is_fifo();
    assert!(kept, "the pipe is a file now");
    assert!(reader.join().unwrap() == plain);

    fs::write(path("target"), "old").unwrap();
    symlink("target", path("link")).unwrap();
    export("link");
    assert!(path("link").is_symlink());
    assert!(fs::read(path("target")).unwrap() == plain);
}
