//! What is stored comes back as it was; the bytes depend on nothing but the readings; bad stores are told apart.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kilde::{
    claim::{Reading, document_hash},
    ontology::Ontology,
    store::{Base, PutOutcome, Store, StoreError, document_bytes, parse_document},
};

use crate::sample::{article, reading, rich, short};

fn store(folder: &Path) -> Store {
    Store::open_or_create(&folder.join("kg"), None).unwrap()
}

/// All files of a store's documents, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for shard in fs::read_dir(folder.join("kg/documents")).unwrap() {
        for file in fs::read_dir(shard.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            files.insert(
                path.strip_prefix(folder).unwrap().to_owned(),
                fs::read(&path).unwrap(),
            );
        }
    }
    files
}

#[test]
fn what_is_stored_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let reading = rich();
    let store = store(folder.path());
    assert_eq!(store.put(&reading).unwrap(), PutOutcome::Added);
    let back: Vec<_> = store
        .documents()
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].hash, document_hash(&reading.article));
    assert_eq!(back[0].article, reading.article);
    assert_eq!(back[0].entities, reading.entities);
    assert_eq!(back[0].mentions, reading.mentions);
    assert_eq!(back[0].claims.len(), 6);
    assert_eq!(back[0].claims, reading.claims);
    assert!(back[0].written_by.starts_with("kilde "));
}

#[test]
fn a_file_is_sorted_lines_of_one_graph_without_blank_nodes() {
    let bytes = document_bytes(&rich(), &Base::default(), Ontology::embedded());
    let lines: Vec<&str> = bytes.lines().collect();
    assert!(lines.len() > 150);
    assert!(lines.is_sorted() && lines.windows(2).all(|pair| pair[0] != pair[1]));
    let graph = format!(
        " {} .",
        Base::default().document(&document_hash(&rich().article))
    );
    assert!(
        lines
            .iter()
            .all(|line| line.ends_with(&graph) && !line.contains("_:"))
    );
}

#[test]
fn rejected_claims_are_not_stored() {
    let mut reading = rich();
    let without = document_bytes(&reading, &Base::default(), Ontology::embedded());
    let claim = reading.claims[0].clone();
    reading.rejected.push(kilde::claim::Rejected {
        claim,
        reason: "No.".to_owned(),
    });
    assert_eq!(
        document_bytes(&reading, &Base::default(), Ontology::embedded()),
        without
    );
}

#[test]
fn the_bytes_do_not_depend_on_the_order_of_readings() {
    let readings = [
        short("a", "norland", "AID", "vestia"),
        rich(),
        short("b", "vestia", "ACCUSE", "norland"),
    ];
    let build = |order: [usize; 3]| {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        for index in order {
            store.put(&readings[index]).unwrap();
        }
        files(folder.path())
    };
    let first = build([0, 1, 2]);
    assert_eq!(first.len(), 3);
    assert_eq!(build([2, 1, 0]), first);
    assert_eq!(build([1, 2, 0]), first);
}

#[test]
fn putting_again_tells_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let mut reading = short("a", "norland", "AID", "vestia");
    assert_eq!(store.put(&reading).unwrap(), PutOutcome::Added);
    assert_eq!(store.put(&reading).unwrap(), PutOutcome::Unchanged);
    reading.article.meta.title = None;
    assert_eq!(store.put(&reading).unwrap(), PutOutcome::Updated);
    let other = reading_of("a", "Nothing happened.");
    assert_eq!(store.put(&other).unwrap(), PutOutcome::Replaced);
    assert_eq!(store.hashes().unwrap().len(), 1);
    assert_eq!(
        store.find("a").unwrap().first(),
        Some(&document_hash(&other.article))
    );
    drop(store);
    // The ids are read from the files when the store is opened again.
    let store = Store::open_to_write(&folder.path().join("kg")).unwrap();
    assert_eq!(store.put(&reading).unwrap(), PutOutcome::Replaced);
    assert_eq!(store.hashes().unwrap().len(), 1);
}

fn reading_of(id: &str, text: &str) -> Reading {
    reading(article(id, text), Vec::new(), Vec::new())
}

#[test]
fn forgetting_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    let before = files(folder.path());
    store.put(&rich()).unwrap();
    assert!(store.remove("rich").unwrap());
    assert!(!store.remove("rich").unwrap());
    assert_eq!(files(folder.path()), before);
    let hash = document_hash(&short("a", "norland", "AID", "vestia").article);
    assert!(store.remove(&hash).unwrap());
    assert!(store.hashes().unwrap().is_empty());
}

#[test]
fn an_empty_reading_is_a_document_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let reading = reading_of("", "");
    store.put(&reading).unwrap();
    assert_eq!(
        store.documents().unwrap().next().unwrap().unwrap().article,
        reading.article
    );
}

#[test]
fn unsound_readings_are_refused_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&rich()).unwrap();
    let before = files(folder.path());
    let mut cases: Vec<(Reading, &str)> = Vec::new();
    let mut case = |change: &dyn Fn(&mut Reading), message| {
        let mut reading = rich();
        change(&mut reading);
        cases.push((reading, message));
    };
    case(
        &|one| one.claims[0].id.clear(),
        "a claim without a name of this base",
    );
    case(
        &|one| one.claims[1].id = one.claims[0].id.clone(),
        "stands more than once",
    );
    case(
        &|one| one.claims[0].evidence.end = 9_999,
        "the position lies outside the text",
    );
    case(
        &|one| one.claims[0].evidence.start += 11,
        "the quote does not stand in the text",
    );
    case(
        &|one| one.claims[0].relation = "NONE".into(),
        "no relation of the ontology",
    );
    case(&|one| one.entities.clear(), "has no record");
    case(
        &|one| one.mentions[0].span.end = 9_999,
        "the position lies outside the text",
    );
    for (reading, message) in cases {
        match store.put(&reading).unwrap_err() {
            StoreError::Unsound {
                document,
                message: told,
            } => {
                assert_eq!(document, "rich");
                assert!(told.contains(message), "{told}, not {message}");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(files(folder.path()), before);
}

#[track_caller]
fn check_damage(change: impl Fn(&str) -> String, line: Option<u64>, message: &str) {
    let (base, ontology) = (Base::default(), Ontology::embedded());
    let bytes = document_bytes(&rich(), &base, ontology);
    let hash = document_hash(&rich().article);
    let changed = change(&bytes);
    assert_ne!(changed, bytes);
    let error = parse_document(
        changed.as_bytes(),
        &hash,
        &base,
        ontology,
        Path::new("kg/3f.nq"),
    )
    .unwrap_err();
    let told = error.to_string();
    assert!(told.starts_with("kg/3f.nq:"), "{told}");
    assert!(told.contains(message), "{told}, not {message}");
    if let Some(line) = line {
        assert!(told.starts_with(&format!("kg/3f.nq:{line}:")), "{told}");
    }
}

#[test]
fn damage_is_told_with_file_and_line() {
    let nth = |bytes: &str, number: usize| bytes.lines().nth(number).unwrap().to_owned();
    check_damage(
        |bytes| bytes.replacen(&nth(bytes, 6), "<nonsense", 1),
        Some(7),
        "",
    );
    check_damage(|bytes| bytes[..bytes.len() - 40].to_owned(), None, "");
    check_damage(
        |_| String::new(),
        None,
        "the document's own facts are missing",
    );
    check_damage(
        |bytes| {
            bytes.replacen(
                "Norland 🇳🇴 and Vestia signed",
                "Norland 🇳🇴 and Vestia sacked",
                99,
            )
        },
        None,
        "id and text are not those that the document is named for",
    );
    check_damage(
        |bytes| bytes.replacen("#exact> \"Vestia\"", "#exact> \"Westia\"", 1),
        None,
        "the quote does not stand in the text where it should",
    );
    check_damage(
        |bytes| bytes.replace("kilde/ns#Asserted", "kilde/ns#Sworn"),
        None,
        "no such value",
    );
    check_damage(
        |bytes| bytes.replace("id/doc/", "id/document/"),
        Some(1),
        "a quad lies outside the graph",
    );
    let short_of = |what: &'static str| {
        move |bytes: &str| {
            let kept: Vec<&str> = bytes.lines().filter(|line| !line.contains(what)).collect();
            kept.join("\n")
        }
    };
    for what in [
        "ns#subject>",
        "ns#predicate>",
        "ns#act>",
        "wasDerivedFrom>",
        "schema.org/text>",
    ] {
        check_damage(short_of(what), None, "is missing");
    }
    check_damage(short_of("EntityRecord"), None, "has no record");
}

/// Whatever stands in a file, reading it panics never: every line left out, every line twice, every line cut.
#[test]
fn nothing_panics_on_damaged_files() {
    let (base, ontology) = (Base::default(), Ontology::embedded());
    let bytes = document_bytes(&rich(), &base, ontology);
    let hash = document_hash(&rich().article);
    let mut refused = 0;
    for skipped in 0..bytes.lines().count() {
        let kept: Vec<&str> = bytes
            .lines()
            .enumerate()
            .filter_map(|(number, line)| (number != skipped).then_some(line))
            .collect();
        let result = parse_document(
            kept.join("\n").as_bytes(),
            &hash,
            &base,
            ontology,
            Path::new("x.nq"),
        );
        refused += usize::from(result.is_err());
    }
    assert!(refused > 60, "{refused}");
}

#[test]
fn the_reader_passes_over_what_is_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&rich()).unwrap();
    let documents = folder.path().join("kg/documents");
    fs::write(documents.join("notes.txt"), "x").unwrap();
    let shard = documents.join(&document_hash(&rich().article)[..2]);
    fs::write(shard.join(".tmp-abc"), "half a docu").unwrap();
    fs::write(shard.join("short.nq"), "x").unwrap();
    let hash = document_hash(&rich().article);
    fs::create_dir(documents.join("zz")).unwrap();
    fs::write(documents.join("zz").join(format!("{hash}.nq")), "x").unwrap();
    assert_eq!(store.hashes().unwrap().len(), 1);
    drop(store);
    // As a writer that was killed leaves it.
    fs::write(folder.path().join("kg/.writing"), "").unwrap();
    drop(Store::open_to_write(&folder.path().join("kg")).unwrap());
    assert!(!shard.join(".tmp-abc").exists());
    assert!(shard.join("short.nq").exists());
}

#[test]
fn a_replacement_cut_short_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (reading_of("a", "Old."), reading_of("a", "New."));
    let (old_hash, new_hash) = (document_hash(&old.article), document_hash(&new.article));
    let kg = folder.path().join("kg");
    let open = store(folder.path());
    open.put(&old).unwrap();
    let old_file = files(folder.path());
    open.put(&new).unwrap();
    drop(open);
    // As if the writer had been killed after the new file was there, before the old one was removed.
    let (path, bytes) = old_file.first_key_value().unwrap();
    fs::write(folder.path().join(path), bytes).unwrap();
    fs::write(kg.join(".replacing"), format!("{old_hash} {new_hash}\n")).unwrap();
    let reader = Store::open(&kg).unwrap();
    let hashes = reader.hashes().unwrap();
    assert!(hashes.len() == 1 && hashes.contains(&new_hash));
    drop(reader);
    drop(Store::open_to_write(&kg).unwrap());
    assert_eq!(files(folder.path()).len(), 1);
    // As if it had been killed before the new file was there.
    fs::write(kg.join(".replacing"), format!("{new_hash} {old_hash}\n")).unwrap();
    let writer = Store::open_to_write(&kg).unwrap();
    assert!(writer.hashes().unwrap().contains(&new_hash));
    assert!(!kg.join(".replacing").exists());
}

#[test]
fn copying_files_merges_stores() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    store(one.path()).put(&rich()).unwrap();
    store(other.path())
        .put(&short("a", "norland", "AID", "vestia"))
        .unwrap();
    for (path, bytes) in files(other.path()) {
        fs::create_dir_all(one.path().join(&path).parent().unwrap()).unwrap();
        fs::write(one.path().join(path), bytes).unwrap();
    }
    let merged = Store::open(&one.path().join("kg")).unwrap();
    assert_eq!(merged.documents().unwrap().map(Result::unwrap).count(), 2);
}

#[track_caller]
fn check_refused(result: Result<Store, StoreError>, expected: &str) {
    let told = result.unwrap_err().to_string();
    assert!(told.contains(expected), "{told}");
}

#[test]
fn bad_stores_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let kg = folder.path().join("kg");
    check_refused(Store::open(&kg), "there is no such folder");
    check_refused(Store::open(folder.path()), "it holds no kilde.toml");
    fs::write(folder.path().join("letter.txt"), "x").unwrap();
    check_refused(
        Store::create(folder.path(), &Base::default()),
        "it holds letter.txt",
    );
    drop(store(folder.path()));
    check_refused(
        Store::create(&kg, &Base::default()),
        "there is a store already",
    );
    let settings = fs::read_to_string(kg.join("kilde.toml")).unwrap();
    assert!(settings.contains("written_by = \"kilde "), "{settings}");
    let other = Base::new("https://news.example/").unwrap();
    check_refused(
        Store::open_or_create(&kg, Some(&other)),
        "the store's base is https://w3id.org/kilde/id/, not https://news.example/",
    );
    let write = |text: &str| fs::write(kg.join("kilde.toml"), text).unwrap();
    write(&settings.replace("format = 1", "format = 2"));
    check_refused(
        Store::open(&kg),
        "the store has format 2, and this program reads format 1",
    );
    write(&settings.replace("base = ", "base = ["));
    check_refused(Store::open(&kg), "kilde.toml:3:");
    write(&settings.replace("https:", "<"));
    check_refused(Store::open(&kg), "cannot be the base of names");
}

#[test]
fn readers_share_and_a_writer_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let kg = folder.path().join("kg");
    let writer = store(folder.path());
    check_refused(Store::open(&kg), "another process is writing this store");
    check_refused(
        Store::open_to_write(&kg),
        "another process is using this store",
    );
    drop(writer);
    let readers = [Store::open(&kg).unwrap(), Store::open(&kg).unwrap()];
    check_refused(
        Store::open_to_write(&kg),
        "another process is using this store",
    );
    assert!(matches!(
        readers[0].put(&rich()),
        Err(StoreError::ReadOnly { .. })
    ));
    drop(readers);
    assert!(Store::open_to_write(&kg).is_ok());
}

#[test]
fn another_base_names_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let base = Base::new("https://news.example/graph/").unwrap();
    let store = Store::create(&folder.path().join("kg"), &base).unwrap();
    store.put(&rich()).unwrap();
    let document = store.documents().unwrap().next().unwrap().unwrap();
    assert_eq!(document.claims, rich().claims);
    let bytes = String::from_utf8(store.document_file(&document.hash).unwrap()).unwrap();
    assert!(bytes.contains("<https://news.example/graph/entity/vestia>"));
    assert!(!bytes.contains("https://w3id.org/kilde/id/"));
}

#[test]
fn runs_are_logged_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store
        .log_run(&serde_json::json!({"read": 1, "text": "a\nb"}))
        .unwrap();
    store.log_run(&serde_json::json!({"read": 2})).unwrap();
    let log = fs::read_to_string(folder.path().join("kg/runs.jsonl")).unwrap();
    assert_eq!(log, "{\"read\":1,\"text\":\"a\\nb\"}\n{\"read\":2}\n");
}

/// Leaves a store where `tests/check_rdf.py` looks for one.
#[test]
fn a_sample_store_for_other_tools() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-store");
    let _ = fs::remove_dir_all(&folder);
    let store = Store::create(&folder, &Base::default()).unwrap();
    store.put(&rich()).unwrap();
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    let index = kilde::store::Index::in_memory(&store).unwrap();
    let mut dump = fs::File::create(folder.join("dump.trig")).unwrap();
    index
        .oxigraph()
        .dump_to_writer(oxigraph::io::RdfFormat::TriG, &mut dump)
        .unwrap();
    assert_eq!(store.hashes().unwrap().len(), 2);
}
