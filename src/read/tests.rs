use std::{fs, io::Cursor, path::PathBuf, sync::atomic::Ordering, time::Instant};

use super::*;
use crate::text::{Aligned, CodePoints, Span};

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/read/news")
}

fn read_all(inputs: &[Input]) -> Vec<Result<Article, ReadError>> {
    articles(inputs, &ReadOptions::default()).collect()
}

/// An article by its id and language, an error by its file, line and kind.
fn shown(read: &Result<Article, ReadError>) -> String {
    match read {
        Ok(article) => format!("{} {}", article.id, article.lang.tag()),
        Err(error) => {
            let file = error
                .place
                .path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            let line = error
                .place
                .line
                .map(|line| format!(":{line}"))
                .unwrap_or_default();
            format!("{file}{line} {}", error.kind())
        }
    }
}

/// What holds for every article.
#[track_caller]
fn check_sound(article: &Article) {
    let text = &article.text;
    let mut at = 0;
    for &paragraph in &article.paragraphs {
        let words = text.get(paragraph.start..paragraph.end).expect("it slices");
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(paragraph.start >= at);
        at = paragraph.end;
        let kept = Aligned::without(text, paragraph, &article.set_aside);
        assert!(
            !kept.text.trim().is_empty() && kept.text.trim() == kept.text,
            "{:?}",
            kept.text
        );
    }
    at = 0;
    for &gap in &article.set_aside {
        assert!(
            text.get(gap.start..gap.end)
                .is_some_and(|words| !words.is_empty())
        );
        assert!(gap.start >= at);
        at = gap.end;
    }
    assert!(!text.contains('\r') && !text.starts_with('\u{feff}'));
}

#[track_caller]
fn check_stdin(text: &str, expected: &[&str]) {
    let options = ReadOptions {
        max_bytes: 10_000,
        ..ReadOptions::default()
    };
    let read = from_reader(Cursor::new(text.to_owned()), Path::new("-"), &options);
    assert_eq!(read.map(|read| shown(&read)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_folder_is_read_in_order_and_nothing_stops_it() {
    let read = read_all(&[Input::from(samples())]);
    read.iter().flatten().for_each(check_sound);
    let shown: Vec<String> = read.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "binary.txt binary",
            "dam-talks en",
            "empty.txt empty",
            "feed.rss format-not-read",
            "harbour nb",
            "latin.txt:1 encoding",
            "page nn",
            "w-1 en",
            "wire.jsonl:2 broken-json",
            "wire-3 nb",
            "wire.jsonl:4 unknown-language",
            "wire.jsonl:5 bad-date",
        ]
    );
}

#[test]
fn listing_counts_what_it_skips_and_repeats_nothing() {
    let folder = samples();
    let inputs = [
        Input::from(folder.join("dam.md")),
        Input::from(&folder),
        Input::from(folder.join("havn.meta.json")),
    ];
    let mut reading = articles(&inputs, &ReadOptions::default());
    let expected = Skipped {
        hidden: 1,
        unknown: 1,
        repeated: 1,
        metadata: 2,
    };
    assert_eq!(reading.skipped, expected);
    let (total, counter) = (reading.bytes_total, reading.bytes_read());
    assert_eq!(shown(&reading.next().unwrap()), "dam-talks en");
    let _rest = reading.count();
    let read = counter.load(Ordering::Relaxed);
    assert!(read > 0 && read <= total, "{read} of {total}");
}

#[test]
fn patterns_stand_for_files() {
    let read = read_all(&[Input::from(samples().join("[dh]*.*"))]);
    assert_eq!(
        read.iter().map(shown).collect::<Vec<_>>(),
        ["dam-talks en", "harbour nb"]
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".hidden.txt"), "x").unwrap();
    let read = read_all(&[Input::from(folder.path().join("*"))]);
    assert_eq!(shown(&read[0]), "* not-found");
    let read = read_all(&[Input::from("no/such/*.txt"), Input::from("no-such.txt")]);
    assert_eq!(
        read.iter().map(shown).collect::<Vec<_>>(),
        ["*.txt not-found", "no-such.txt not-found"]
    );
}

#[test]
fn an_article_has_its_metadata_and_its_words() {
    let read = read_all(&[Input::from(samples().join("dam.md"))]);
    let article = read[0].as_ref().unwrap();
    assert_eq!(article.meta.title.as_deref(), Some("Talks on the dam"));
    assert_eq!(article.meta.date.unwrap().to_string(), "2031-05-02");
    assert_eq!(article.extra["section"], "world");
    let words = article.paragraphs.iter();
    let words =
        words.map(|&paragraph| Aligned::without(&article.text, paragraph, &article.set_aside).text);
    assert_eq!(
        words.collect::<Vec<_>>(),
        [
            "Talks on the dam",
            "The two governments met in Lakeville on Friday.",
            "Neither side spoke to the press.",
            "Water will be shared.",
        ]
    );
}

#[test]
fn what_stands_beside_a_text_wins() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.txt");
    fs::write(
        &text,
        "---\ntitle: Inside\ndate: 2030\nlang: en\n---\n\nA text.\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("a.meta.json"),
        "{\"title\": \"Beside\", \"date\": null}",
    )
    .unwrap();
    let read = read_all(&[Input::from(&text)]);
    let article = read[0].as_ref().unwrap();
    assert_eq!(article.meta.title.as_deref(), Some("Beside"));
    assert_eq!(article.meta.date.unwrap().to_string(), "2030");
    assert_eq!(article.text, "A text.\n");
    fs::write(folder.path().join("a.meta.json"), "{\"title\"\n").unwrap();
    assert_eq!(
        shown(&read_all(&[Input::from(&text)])[0]),
        "a.meta.json:2 broken-json"
    );
}

#[test]
fn the_callers_language_wins() {
    let options = ReadOptions {
        lang: Some(Lang::Nn),
        ..ReadOptions::default()
    };
    let line = "{\"text\": \"Kort\", \"lang\": \"sv\"}\n";
    let read: Vec<_> = json_lines(line.as_bytes(), Path::new("a.jsonl"), &options).collect();
    assert_eq!(shown(&read[0]), "a-1 nn");
    let read: Vec<_> = json_lines(
        line.as_bytes(),
        Path::new("a.jsonl"),
        &ReadOptions::default(),
    )
    .collect();
    assert_eq!(shown(&read[0]), "a.jsonl:1 unknown-language");
}

#[test]
fn mentions_slice_the_text() {
    let text = "\u{feff}Støre reiste.\r\nHan møtte Abbas 🇵🇸 her.";
    let points = CodePoints::new(text);
    let at = text.find("Abbas").unwrap();
    let (start, end) = points.of(Span::new(at, at + "Abbas".len()));
    let line = serde_json::json!({"text": text, "lang": "nb", "mentions": [{"start": start, "end": end, "id": "abbas"}]});
    let read: Vec<_> = json_lines(
        line.to_string().as_bytes(),
        Path::new("a"),
        &ReadOptions::default(),
    )
    .collect();
    let article = read[0].as_ref().unwrap();
    check_sound(article);
    assert_eq!(
        article.mentions.as_ref().unwrap()[0]
            .span
            .slice(&article.text),
        "Abbas"
    );
}

#[test]
fn standard_input_may_hold_any_format() {
    check_stdin(
        "The minister said that talks with the rebels had failed.",
        &["stdin en"],
    );
    check_stdin("---\nid: a\nlang: nb\n---\nTekst", &["a nb"]);
    check_stdin(
        "{\"text\":\"A\",\"lang\":\"en\"}\n{\"text\":\"B\",\"lang\":\"en\"}",
        &["stdin-1 en", "stdin-2 en"],
    );
    check_stdin("{\n \"text\": \"A\", \"lang\": \"en\"}", &["stdin en"]);
    check_stdin("[{\"text\": \"A\", \"lang\": \"en\"}]", &["stdin-1 en"]);
    check_stdin("<html lang=en><p>A text.</p>", &["stdin en"]);
    check_stdin("<?xml version='1.0'?><rss/>", &["- format-not-read"]);
    check_stdin("", &["- empty"]);
    check_stdin("a\0b", &["- binary"]);
    check_stdin(&"long ".repeat(5_000), &["- too-large"]);
    check_stdin("17 %", &["- unsure-language"]);
}

#[test]
fn a_hundred_megabytes_in_one_line_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (text, lines) = (folder.path().join("a.txt"), folder.path().join("b.jsonl"));
    fs::File::create(&text).unwrap().set_len(100 << 20).unwrap();
    let mut bytes = vec![b'a'; 100 << 20];
    bytes.extend_from_slice(b"\n{\"text\": \"A\", \"lang\": \"en\"}\n");
    fs::write(&lines, bytes).unwrap();
    let start = Instant::now();
    let read = read_all(&[Input::from(folder.path())]);
    assert_eq!(
        read.iter().map(shown).collect::<Vec<_>>(),
        ["a.txt too-large", "b.jsonl:1 too-large", "b-2 en"]
    );
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn odd_folders_do_no_harm() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("x.txt");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("a.txt"), "---\nlang: en\n---\nA text.").unwrap();
    symlink(folder.path(), inner.join("loop")).unwrap();
    symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
    let mut reading = articles(&[Input::from(folder.path())], &ReadOptions::default());
    assert_eq!(reading.skipped.repeated, 1);
    let vanishing = inner.join("a.txt");
    assert_eq!(
        reading
            .by_ref()
            .map(|read| shown(&read))
            .collect::<Vec<_>>(),
        ["dangling.txt not-found", "a en"]
    );
    let reading = articles(&[Input::from(&vanishing)], &ReadOptions::default());
    fs::remove_file(&vanishing).unwrap();
    assert_eq!(
        reading.map(|read| shown(&read)).collect::<Vec<_>>(),
        ["a.txt not-found"]
    );
}

/// Pieces that formats give a meaning to, put together at random, read in every format.
#[test]
fn whatever_is_read_is_sound() {
    const PIECES: [&str; 40] = [
        "Støre ",
        "møtte",
        " Abbas.",
        "\n",
        "\n\n",
        "\r\n",
        "[29]",
        "[a]",
        " [note 1]",
        "\u{feff}",
        "\u{200b}",
        "\u{ad}",
        "**",
        "_",
        "# ",
        "- ",
        "> ",
        "```\n",
        "|a|",
        "[x](y)",
        "<b>",
        "</b>",
        "<p>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "&amp;",
        "---\n",
        "id: a\n",
        "{\"text\": \"",
        "\"}",
        "\\",
        "🇳🇴",
        "\u{a0}",
        "\t",
        "<script>",
        "`",
        "![",
        "\u{2028}",
    ];
    let options = ReadOptions {
        lang: Some(Lang::Nb),
        ..ReadOptions::default()
    };
    let (mut state, mut sound) = (7_u64, 0);
    for _ in 0..4_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        for format in [
            Format::Text,
            Format::Markdown,
            Format::Html,
            Format::Json,
            Format::JsonLines,
            Format::Unknown,
        ] {
            let read = source::read(Cursor::new(text.clone()), format, Path::new("a"), &options);
            for article in read.flatten() {
                check_sound(&article);
                sound += 1;
            }
        }
    }
    assert!(sound > 8_000, "{sound}");
}
