//! The order of the modules. ARCHITECTURE.md lists the layers in a code block marked `layers`: a module of `src/` may
//! import modules of lines above its own, and no others. The sources are read as text, without comments and strings:
//! what counts is every path that begins with `crate::`, `kilde::` (in the program) or enough `super::`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Line of each module in the list of layers.
type Layers = BTreeMap<String, usize>;

#[test]
fn modules_import_only_from_layers_above() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let layers = layers(&fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap()).unwrap();
    let files = rust_files(&root.join("src"));
    assert!(
        files.len() > 30,
        "only {} files were found under src/",
        files.len()
    );
    let wrong: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let shown = file
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            violations(&shown, &fs::read_to_string(file).unwrap(), &layers)
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "these imports do not follow the layers of ARCHITECTURE.md:\n{}",
        wrong.join("\n")
    );
}

/// The lines of the block that is fenced with ```` ```layers ````.
fn layers(page: &str) -> Result<Layers, String> {
    let block = page
        .split_once("\n```layers\n")
        .and_then(|(_, rest)| rest.split_once("\n```"))
        .ok_or("ARCHITECTURE.md has no block ```layers")?
        .0;
    let mut layers = Layers::new();
    for (number, line) in block.lines().enumerate() {
        for module in line.split_whitespace() {
            if layers.insert(module.to_owned(), number).is_some() {
                return Err(format!("ARCHITECTURE.md: {module} stands in two layers"));
            }
        }
    }
    Ok(layers)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What a file imports against the layers, a line each with the file's name and the line's number.
fn violations(file: &str, source: &str, layers: &Layers) -> Vec<String> {
    let path = module_path(file);
    let Some(own) = path.first() else {
        return Vec::new(); // lib.rs declares the modules
    };
    let Some(&layer) = layers.get(*own) else {
        return vec![format!(
            "{file}:1: module {own} stands in no layer; add it to the block in ARCHITECTURE.md"
        )];
    };
    let allowed = |module: &str| layers.get(module).is_none_or(|&other| other < layer);
    imports(source, path.len())
        .into_iter()
        .filter(|(_, module)| module != own && !allowed(module))
        .map(|(line, module)| {
            let way = if layers[&module] == layer {
                "beside"
            } else {
                "below"
            };
            format!("{file}:{line}: {own} imports {module}, which stands {way} it")
        })
        .collect()
}

/// `src/link/names.rs` is `[link, names]`, `src/link/mod.rs` is `[link]`, `src/lib.rs` is `[]`.
fn module_path(file: &str) -> Vec<&str> {
    let inner = file
        .strip_prefix("src/")
        .unwrap_or(file)
        .trim_end_matches(".rs");
    inner
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib"))
        .collect()
}

/// The top modules that a file names, with their lines. `depth` is how many modules it lies below the crate's root.
fn imports(source: &str, depth: usize) -> Vec<(usize, String)> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    let mut inline: Vec<usize> = Vec::new(); // braces that were open where each inline module began
    let mut braces = 0;
    let mut at = 0;
    while at < tokens.len() {
        match word(&tokens, at) {
            "{" => {
                braces += 1;
                if at >= 2 && word(&tokens, at - 2) == "mod" {
                    inline.push(braces);
                }
            }
            "}" => {
                if inline.last() == Some(&braces) {
                    inline.pop();
                }
                braces -= 1;
            }
            "crate" | "kilde" if word(&tokens, at + 1) == "::" => {
                top_modules(&tokens, at + 2, &mut found);
            }
            "super" => {
                let start = at;
                while word(&tokens, at + 1) == "::" && word(&tokens, at + 2) == "super" {
                    at += 2;
                }
                let ups = (at - start) / 2 + 1;
                if ups == depth + inline.len() && word(&tokens, at + 1) == "::" {
                    top_modules(&tokens, at + 2, &mut found);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Adds the name at `at`, or the first name of each branch of the group `{…}` there. What is no module (a name that
/// begins with a capital, `self`, `*`) is left out.
fn top_modules(tokens: &[(usize, String)], at: usize, found: &mut Vec<(usize, String)>) {
    let mut add = |at: usize| {
        let name = word(tokens, at);
        if name != "self" && name.starts_with(|first: char| first.is_lowercase()) {
            found.push((tokens[at].0, name.to_owned()));
        }
    };
    if word(tokens, at) != "{" {
        return add(at);
    }
    let mut open = 0;
    for at in at..tokens.len() {
        match word(tokens, at) {
            "{" => open += 1,
            "}" => open -= 1,
            _ if open == 1 && matches!(word(tokens, at - 1), "{" | ",") => add(at),
            _ => {}
        }
        if open == 0 {
            return;
        }
    }
}

fn word(tokens: &[(usize, String)], at: usize) -> &str {
    tokens.get(at).map_or("", |(_, text)| text)
}

/// Words, `::` and other signs of a source with their lines; comments, strings and characters are left out.
fn tokens(source: &str) -> Vec<(usize, String)> {
    let strings = r###"b?r##"(?s:.*?)"##|b?r#"(?s:.*?)"#|b?r"[^"]*"|"(?s:\\.|[^"\\])*""###;
    let skipped = format!(r"//[^\n]*|(?s:/\*.*?\*/)|{strings}|'(?:\\.[^'\n]*|[^\\\n])'");
    let pattern = regex::Regex::new(&format!(r"(?P<skip>{skipped})|\w+|::|[^\s\w]")).unwrap();
    let mut line = 1;
    let mut last = 0;
    let mut tokens = Vec::new();
    for found in pattern.captures_iter(source) {
        let whole = found.get(0).unwrap();
        line += source[last..whole.start()].matches('\n').count();
        last = whole.start();
        if found.name("skip").is_none() {
            tokens.push((line, whole.as_str().to_owned()));
        }
    }
    tokens
}

mod tests {
    use super::*;

    const PAGE: &str = "# Page\n```layers\ntext\nclaim  grammar\nlink\ncli\nmain\n```\n";

    #[track_caller]
    fn check(file: &str, source: &str, expected: &[&str]) {
        assert_eq!(violations(file, source, &layers(PAGE).unwrap()), expected);
    }

    #[test]
    fn arrows_down_are_followed() {
        check(
            "src/link/mod.rs",
            "use crate::{claim::{Claim, link}, text::Span};\nuse crate::grammar;",
            &[],
        );
        check(
            "src/link/names.rs",
            "use super::cli; use crate::link::words; pub(super) fn a() {}",
            &[],
        );
        check("src/main.rs", "use kilde::cli::run;", &[]);
        check("src/lib.rs", "pub use crate::cli::run;", &[]);
    }

    #[test]
    fn arrows_back_and_sideways_are_found() {
        check(
            "src/text.rs",
            "\nuse crate::claim::Claim;",
            &["src/text.rs:2: text imports claim, which stands below it"],
        );
        check(
            "src/claim/mod.rs",
            "use crate::grammar;",
            &["src/claim/mod.rs:1: claim imports grammar, which stands beside it"],
        );
        check(
            "src/claim.rs",
            "use crate::{\n    text::{Span, cli},\n    link::{self, Gazetteer},\n};\nfn a(b: crate::cli::Args) {}",
            &[
                "src/claim.rs:3: claim imports link, which stands below it",
                "src/claim.rs:5: claim imports cli, which stands below it",
            ],
        );
    }

    #[test]
    fn ways_up_are_counted() {
        check(
            "src/text.rs",
            "use super::link;",
            &["src/text.rs:1: text imports link, which stands below it"],
        );
        check(
            "src/claim/json.rs",
            "use super::super::cli;",
            &["src/claim/json.rs:1: claim imports cli, which stands below it"],
        );
        check(
            "src/text.rs",
            "fn a() {}\nmod tests { use super::link; }\n",
            &[],
        );
        check(
            "src/text.rs",
            "mod tests {\n    use super::super::{link, Deep};\n}\nuse super::cli;",
            &[
                "src/text.rs:2: text imports link, which stands below it",
                "src/text.rs:4: text imports cli, which stands below it",
            ],
        );
    }

    #[test]
    fn comments_and_strings_are_no_imports() {
        let source = "//! [`crate::link`]\n/* crate::cli\n */\nconst A: &str = \"crate::cli \\\" crate::link\";\n\
                      const B: &str = r#\"\" crate::cli\"#;\nconst C: char = '\"'; fn a<'a>(b: &'a str, c: char) {}\nuse crate::link::b;";
        check(
            "src/text.rs",
            source,
            &["src/text.rs:7: text imports link, which stands below it"],
        );
    }

    #[test]
    fn modules_and_layers_must_agree() {
        check(
            "src/new.rs",
            "",
            &[
                "src/new.rs:1: module new stands in no layer; add it to the block in ARCHITECTURE.md",
            ],
        );
        assert!(layers("# Page\n```\ntext\n```\n").is_err());
        assert!(layers("\n```layers\ntext\nclaim text\n```\n").is_err());
    }
}
