//! The tokenizer with the Norwegian pipeline of this repository (what is expected was read from spaCy 3.8), and with small rule
//! files of our own.

use std::path::PathBuf;
use std::thread;

use super::*;

fn norwegian_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/nb")
}

fn norwegian() -> Tokenizer {
    Tokenizer::load(&norwegian_folder(), "nb").unwrap()
}

fn packed(value: &serde_json::Value) -> Packed {
    rmp_serde::from_slice(&rmp_serde::to_vec(value).unwrap()).unwrap()
}

/// A tokenizer from a rule file of our own, or what is wrong with the file.
fn own(file: &serde_json::Value) -> Result<Tokenizer, String> {
    let rules = Rules::read(&packed(file), Path::new("tokenizer"), Lexicon::default());
    rules.map(Tokenizer::new).map_err(|error| error.to_string())
}

/// The words of a text; a word that a space follows has an underscore behind it.
fn words(tokenizer: &Tokenizer, text: &str) -> Vec<String> {
    let tokens = tokenizer.tokenize(text);
    let word = |token: &RawToken| {
        let space = if token.space_after { "_" } else { "" };
        format!("{}{space}", &text[token.start..token.end])
    };
    tokens.iter().map(word).collect()
}

#[track_caller]
fn check(tokenizer: &Tokenizer, text: &str, expected: &[&str]) {
    assert_eq!(words(tokenizer, text), expected, "{text:?}");
}

#[test]
fn punctuation_abbreviations_and_addresses() {
    let nb = norwegian();
    check(
        &nb,
        "Statsråden sa: «Nei, f.eks. kl. 17.30 går ikke.»",
        &[
            "Statsråden_",
            "sa",
            ":_",
            "«",
            "Nei",
            ",_",
            "f.eks._",
            "kl._",
            "17.30_",
            "går_",
            "ikke",
            ".",
            "»",
        ],
    );
    check(
        &nb,
        "Kr 1.200,- (inkl. mva.) på www.nrk.no/valg?x=1 eller a@b.no!",
        &[
            "Kr_",
            "1.200,-_",
            "(",
            "inkl._",
            "mva.",
            ")_",
            "på_",
            "www.nrk.no/valg?x=1_",
            "eller_",
            "a@b.no",
            "!",
        ],
    );
    check(
        &nb,
        "Høyre/Venstre, EU-motstand og 5km til 20°C.",
        &[
            "Høyre",
            "/",
            "Venstre",
            ",_",
            "EU-motstand_",
            "og_",
            "5",
            "km_",
            "til_",
            "20°C",
            ".",
        ],
    );
}

#[test]
fn special_cases_that_affixes_tear_apart() {
    let nb = norwegian();
    check(
        &nb,
        "båt og «8)» (bl.a.).",
        &["båt_", "og_", "«", "8)", "»_", "(", "bl.a.", ")", "."],
    );
    check(
        &nb,
        "…...— ok :-) (:-)",
        &["…", "...", "—_", "ok_", ":-)_", "(", ":-)"],
    );
}

#[test]
fn white_space() {
    let nb = norwegian();
    check(&nb, "a \n b  c\t", &["a_", "\n ", "b_", " ", "c", "\t"]);
    check(&nb, "  to", &["  ", "to"]);
    check(&nb, "Slutt. ", &["Slutt", "._"]);
    check(
        &nb,
        "x\u{a0}y\u{2028}z",
        &["x", "\u{a0}", "y", "\u{2028}", "z"],
    );
    check(&nb, "", &[]);
    check(&nb, " ", &[" "]);
}

#[test]
fn a_special_case_sets_its_norm() {
    let file = serde_json::json!({
        "suffix_search": r"\)$|\.$", "prefix_search": r"^\(", "infix_finditer": "-",
        "exceptions": {
            "don't": [{"ORTH": "do"}, {"ORTH": "n't", "NORM": "not"}],
            "a.)": [{"ORTH": "a.)"}],
            "x-y": [{"ORTH": "x-y"}],
        },
    });
    let tokenizer = own(&file).unwrap();
    let norms: Vec<_> = tokenizer
        .tokenize("(Don't don't)")
        .iter()
        .map(|token| token.lexeme.norm_text.to_string())
        .collect();
    assert_eq!(norms, ["(", "don't", "do", "not", ")"]);
    // The affixes alone would make four tokens of it.
    check(&tokenizer, "(a.))", &["(", "a.)", ")"]);
    // With spaces between them, the same words are no special case.
    check(
        &tokenizer,
        "a .) ((x-y) x - y a-b",
        &[
            "a_", ".", ")_", "(", "(", "x-y", ")_", "x_", "-_", "y_", "a", "-", "b",
        ],
    );
}

#[test]
fn overlapping_special_cases_go_from_the_longest() {
    let special = |text: &str| (text.to_owned(), serde_json::json!([{ "ORTH": text }]));
    let exceptions: serde_json::Map<_, _> =
        ["1-2", "2-3-4", "4-5"].map(special).into_iter().collect();
    let tokenizer =
        own(&serde_json::json!({"infix_finditer": "-", "exceptions": exceptions})).unwrap();
    // The longest takes its place; those that share an end with it lose, and so do their own tokens.
    check(&tokenizer, "1-2-3-4-5", &["1", "-", "2-3-4", "-", "5"]);
    check(&tokenizer, "0-1-2-9", &["0", "-", "1-2", "-", "9"]);
}

#[test]
fn what_is_wrong_is_named() {
    let error = own(&serde_json::json!({"prefix_search": r"(?P<a>x)(?P=a)"})).unwrap_err();
    assert!(
        error.contains("(?P") && error.contains("prefix_search"),
        "{error}"
    );
    let error = own(&serde_json::json!({"exceptions": {"ab": [{"ORTH": "a"}]}})).unwrap_err();
    assert!(error.contains("ab"), "{error}");
    let error = own(&serde_json::json!({"exceptions": {"ab": [{"ORTH": "ab", "LEMMA": "x"}]}}))
        .unwrap_err();
    assert!(error.contains("ab"), "{error}");
    assert!(
        Tokenizer::load(Path::new("nowhere"), "nb")
            .unwrap_err()
            .to_string()
            .contains("missing")
    );
    assert!(Lexicon::load(&norwegian_folder(), "hi").is_err());
}

#[test]
fn damaged_files_are_errors_or_load() {
    let bytes = std::fs::read(norwegian_folder().join("tokenizer")).unwrap();
    for end in (0..bytes.len()).step_by(499) {
        assert!(
            rmp_serde::from_slice::<Packed>(&bytes[..end]).is_err(),
            "{end} bytes"
        );
    }
    let mut state = 1_u64;
    for _ in 0..40 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let mut damaged = bytes.clone();
        let place = usize::try_from(state >> 33).unwrap() % damaged.len();
        damaged[place] ^= 0x55;
        if let Ok(file) = rmp_serde::from_slice(&damaged) {
            // Whatever it says, it must not panic.
            if let Ok(rules) = Rules::read(&file, Path::new("tokenizer"), Lexicon::default()) {
                assert!(
                    !Tokenizer::new(rules)
                        .tokenize("Høyre (H), f.eks. 5km.")
                        .is_empty()
                );
            }
        }
    }
}

#[test]
fn tokens_and_spaces_are_the_text() {
    let nb = norwegian();
    for text in [
        "«Å», sa\u{1c} hun — (8) …\u{301}x\u{feff}",
        "\u{10d50}😀👩\u{200d}👧 kr. 5,-\r\n\r\n",
        "'' ``x'' O'Dell's",
    ] {
        let joined: String = words(&nb, text)
            .iter()
            .map(|word| word.replace('_', " "))
            .collect();
        assert_eq!(joined, text);
    }
}

#[test]
fn long_runs_take_no_time() {
    let nb = norwegian();
    for unit in ["(", "=", "…", "a.", "1-", "http://a.", "x@", "ø"] {
        let text = unit.repeat(20_000 / unit.len());
        let tokens = nb.tokenize(&text);
        assert_eq!(tokens.last().map(|token| token.end), Some(text.len()));
    }
}

#[test]
fn the_cache_and_threads_change_nothing() {
    let nb = norwegian();
    let text: String = (0..40_000)
        .map(|number| format!("({number}km) f.eks. Å{number}. "))
        .collect();
    let expected = words(&norwegian(), &text);
    thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| words(&nb, &text))).collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), expected);
        }
    });
    assert_eq!(words(&nb, &text), expected);
}
