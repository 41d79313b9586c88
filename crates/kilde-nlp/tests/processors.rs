//! What a text is read as does not depend on what the processor can do: the same annotations come from plain Rust
//! (`KILDE_CPU=portable`) and from the vector instructions that are chosen at run time. Without the feature `avx512` those are
//! AVX2's, so that the tests of both builds compare all three.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use kilde_nlp::Pipeline;

/// Tells the test that it is to print what it reads, and nothing more.
const PRINT: &str = "KILDE_PRINT_ANNOTATIONS";
/// Before each line of what is printed.
const MARK: &str = "read: ";

fn bokmaal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/nb")
}

/// The annotations of the Norwegian sample articles, a line each.
fn annotations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/articles");
    let mut files: Vec<PathBuf> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("/n"))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let paragraphs: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    let docs = Pipeline::load(&bokmaal()).unwrap().pipe(&paragraphs);
    docs.iter().map(|doc| format!("{:?}", doc.tokens)).collect()
}

#[test]
fn plain_rust_reads_the_same() {
    let own = annotations();
    assert!(own.len() > 20, "{} paragraphs", own.len());
    if env::var_os(PRINT).is_some() {
        own.iter().for_each(|line| println!("{MARK}{line}"));
        return;
    }
    let other = Command::new(env::current_exe().unwrap())
        .args(["--exact", "plain_rust_reads_the_same", "--nocapture"])
        .env(PRINT, "1")
        .env("KILDE_CPU", "portable")
        .output()
        .unwrap();
    assert!(other.status.success(), "{other:?}");
    let other = String::from_utf8(other.stdout).unwrap();
    let other = other
        .lines()
        .filter_map(|line| Some(line.split_once(MARK)?.1));
    assert_eq!(other.collect::<Vec<_>>(), own);
}
